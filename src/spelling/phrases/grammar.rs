//! The phrases of the rules about grammar, written as in `table`.

use super::{
    Topic,
    table::{Row, row},
};

const fn verb(id: &'static str, phrase: &'static str) -> Row {
    row(Topic::VerbForm, id, phrase)
}

const fn number(id: &'static str, phrase: &'static str) -> Row {
    row(Topic::Number, id, phrase)
}

const fn agreement(id: &'static str, phrase: &'static str) -> Row {
    row(Topic::Agreement, id, phrase)
}

const fn preposition(id: &'static str, phrase: &'static str) -> Row {
    row(Topic::Preposition, id, phrase)
}

const fn article(id: &'static str, phrase: &'static str) -> Row {
    row(Topic::MissingArticle, id, phrase)
}

const fn abbreviation(id: &'static str, phrase: &'static str) -> Row {
    row(Topic::Abbreviation, id, phrase)
}

pub(super) const ROWS: &[Row] = &[
    abbreviation("ie", "<ie=i.e.>"),
    abbreviation("eg", "<eg=e.g.>"),
    verb("allow-to", "!ALLOWER ALLOW <to VERB=+ing>"),
    verb("allow-to", "!ALLOWER ALLOW <to=you_to> ADVERB VERB"),
    verb("recommend-to", "!BE|it's|isn't RECOMMENDER recommend|suggest <to VERB=+ing>"),
    verb("recommend-to", "avoid|avoids <to VERB=+ing>"),
    verb("while-also", "while also <VERB=+ing|ANYVERBS=+ing>"),
    verb("while-also", "while also <PAST=+ing> DET|on"),
    verb(
        "noun-for-verb",
        "to|MODAL|please|NOT <setup=set_up|checkout=check_out|shutdown=shut_down|cleanup=clean_up|teardown=tear_down|lookup=look_up|rollout=roll_out> DET|it|them",
    ),
    verb(
        "noun-for-verb",
        "to|MODAL|please|NOT <backup=back_up|rollback=roll_back|startup=start_up> DET|it|them !up|to",
    ),
    verb(
        "noun-for-verb",
        "to|MODAL|please|NOT <login=log_in|logon=log_on|signup=sign_up|signin=sign_in|fallback=fall_back|opt-in=opt_in> to|with|as|via|using|into|for|on",
    ),
    verb("base-form", "~ !ASKED MODAL <VERBS=+base|has=have>"),
    verb("base-form", "~ !ASKED MODAL not|also|only|then|still <VERBS=+base|has=have>"),
    verb("base-form", "~ !ASKED may|should|must|can|could <GERUNDS=+base>"),
    verb("base-form", "need|needs|want|wants|choose|able|going|trying to <GERUNDS=+base>"),
    verb("base-form", "!the <is VERBS=+s> DET|only|now"),
    verb("base-form", "did|does|do not <VERBS=+base|PAST=+base|has=have>"),
    verb(
        "base-form",
        "NOT <VERBS=+base|has=have|works=work|needs=need|supports=support|uses=use|returns=return|makes=make|matters=matter|runs=run|wants=want|seems=seem>",
    ),
    verb("base-form", "didn't|doesn't|don't <PAST=+base>"),
    verb("base-form", "need|needs|want|wants|able|order|how|going|trying|tries|introduced to <VERBS=+base>"),
    verb("missing-be", "~ !ASKED MODAL <PAST=+be>"),
    verb("missing-be", "~ !ASKED MODAL also|only|then|still|not <PAST=+be>"),
    verb("missing-be", "need|needs|want|wants|able to <PAST=+be>"),
    verb("participle", "is|it's|are not <recommend=recommended> to"),
    verb("participle", "MODAL be <ONLYVERB=+ed> !up"),
    verb("participle", "have|has|had|having been <ONLYVERB=+ed> !only"),
    verb("participle", "being <ONLYVERB=+ed> BY"),
    verb("participle", "to be <ONLYVERB=+ed> BY"),
    verb(
        "participle",
        "!do|did|done|does|not|and is|are|was|were <ONLYVERB=+ed> by|to|into|via|with|when|from !default",
    ),
    verb(
        "participle",
        "be|been|being <use=used|handle=handled|update=updated|replace=replaced|create=created|install=installed> BY",
    ),
    verb(
        "participle",
        "!there MODAL be <change=changed|access=accessed|upload=uploaded|download=downloaded|trigger=triggered|schedule=scheduled|load=loaded|store=stored|start=started|enable=enabled|process=processed> by|using|from|to|via",
    ),
    verb("participle", "has|have|had|you've|we've|they've <INTRODUCE=+ed> DET"),
    verb("to-gerund", "committed|dedicated|devoted|accustomed|addition to <ONLYVERB=+ing|finish=+ing>"),
    verb("to-gerund", "BE|very|getting|come|comes|came|so close to <ONLYVERB=+ing|finish=+ing>"),
    verb("to-gerund", "committed|dedicated yet to <ONLYVERB=+ing|finish=+ing>"),
    verb(
        "to-gerund",
        "look|looking|looks forward to <see=+ing|hear=+ing|meet=+ing|receive=+ing|learn=+ing|get=+ing|make=+ing|continue=+ing|build=+ing>",
    ),
    number("a-plural", "a|an|another <NOUNS=+singular> $"),
    number("a-plural", "a|an|another ADJ <NOUNS=+singular> $"),
    number("each-plural", "this|each|every <ONLYNOUNS=+singular> $"),
    number("each-plural", "this|each|every ADJ <ONLYNOUNS=+singular> $"),
    number("each-plural", "^ this <NOUNS=+singular> VERBS|is|was|has|will|can|should|must"),
    number("each-plural", "one of this <ONLYNOUNS=+singular>"),
    number("many-singular", "!NUMBERED many|several|these|those <ONLYNOUN=+plural> $"),
    number("many-singular", "!NUMBERED many|several|these|those ADJ <ONLYNOUN=+plural> $"),
    // In `Seven theme is free`, the number is a name.
    number("many-singular", "!NUMBERED|a|an various|multiple|COUNT <NOUN=+plural> $ !is|was|has"),
    number("many-singular", "!NUMBERED|a|an various|multiple|COUNT ADJ <NOUN=+plural> $ !is|was|has"),
    number("number-of", "number of <NOUN=+plural> $"),
    number("amount-of", "<amount=number> of THINGS $"),
    number("one-of", "!WHICH one of the|these|those|our|my|your|its|their <NOUN=+plural> $"),
    number("one-of", "!WHICH one of the|these|those|our|my|your|its|their ADJ|best|biggest <NOUN=+plural> $"),
    number("one-of", "!WHICH one of the|our|its most ADJ|popular|powerful|critical <NOUN=+plural> $"),
    number(
        "kind-of",
        "many|several|various|multiple|these|those|COUNT <type=types|kind=kinds|sort=sorts> of",
    ),
    number("kind-of", "!any|each|every|no|the|some|an|one|this|that other <type=types|kind=kinds> of"),
    number("kind-of", "this <kinds=kind|types=type> of"),
    number(
        "uncountable",
        "<informations=information|softwares=software|hardwares=hardware|feedbacks=feedback|advices=advice|equipments=equipment|knowledges=knowledge|logics=logic>",
    ),
    agreement("pronoun", "!PARTNER they|we <is=are|was=were|has=have|does=do|doesn't=don't|VERBS=+base>"),
    agreement(
        "pronoun",
        "if|when|that|because|once|where|whether|what you <is=are|was=were|has=have|does=do|doesn't=don't|VERBS=+base>",
    ),
    agreement("pronoun", "^ it|he|she <have=has|do=does|don't=doesn't|are=is|ONLYVERB=+s>"),
    agreement("pronoun", ", it|he|she <have=has|do=does|don't=doesn't|are=is|ONLYVERB=+s>"),
    agreement(
        "pronoun",
        "^ this <have=has|are=is|allow=allows|enable=enables|provide=provides|require=requires|contain=contains|ensure=ensures|indicate=indicates> !list|lists",
    ),
    // Nouns as well: "this include contains", "this make target".
    agreement(
        "pronoun",
        "^ this <include=includes|make=makes|help=helps|mean=means> DET|it|sure|us|you|users|that|all|both|many|several",
    ),
    agreement("plural-subject", "^ MANY NOUNS <is=are|was=were|has=have|does=do|doesn't=don't|VERBS=+base>"),
    agreement("plural-subject", "^ any|all ONLYNOUNS that|which <VERBS=+base|is=are|has=have>"),
    agreement("singular-subject", "^ SINGLE NOUN also <ONLYVERB=+s|have=has|are=is>"),
    agreement("singular-subject", "^ SINGLE NOUN <are=is|have=has|don't=doesn't|were=was>"),
    agreement("singular-subject", "^ SINGLE NOUN <ONLYVERB=+s> DET|support|many|several|multiple"),
    agreement("there-is", "there <is=are|was=were> many|several|multiple|various|numerous"),
    preposition("forefront", "<in=at> the forefront"),
    preposition("summary", "^ <as a=in> summary $ !of|for|and|that|which"),
    preposition("example-of", "example <to=of> this|that|these|those|why|how|what"),
    preposition("depend-on", "depend|depends|depending|depended <of=on|from=on> DET"),
    preposition(
        "consist-of",
        "consist|consists|consisting|consisted <in=of|on=of|from=of> DET|two|three|several",
    ),
    preposition("accordance", "in accordance <to=with>"),
    preposition("comply-with", "comply|complies|complying <to=with>"),
    preposition("capable-of", "capable <to=of>"),
    preposition("responsible-for", "responsible <of=for|to=for> the|managing|all|creating|handling"),
    preposition("interested-in", "interested <on=in|about=in>"),
    preposition("interested-in", "interested <for=in> !a|the|as|long|longer|many|years|months|hours|days"),
    preposition("other-hand", "<in=on|at=on> the other hand"),
    preposition("inspired-by", "inspired <from=by|of=by>"),
    preposition("result-in", "resulted|resulting <to=in> DET"),
    preposition("discuss", "<discuss about=discuss>"),
    preposition("discuss", "<discusses about=discusses>"),
    preposition("discuss", "<discussed about=discussed>"),
    preposition("discuss", "<discussing about=discussing>"),
    preposition(
        "at-meeting",
        "people|attendees|discussed|discussions|presented|talked|decided <on=at> the|this meeting|summit|conference|event",
    ),
    preposition("composed-of", "composed <by=of> two|three|several|many|multiple"),
    preposition("similar-to", "BE|very|quite|pretty|much|looks|look similar <with=to>"),
    preposition("similar-to", "!and|or|as|so similar <as=to>"),
    preposition("prior-to", "prior <of=to|from=to>"),
    preposition("different-from", "different <of=from>"),
    preposition("behalf", "<in=on> behalf"),
    preposition("suffer-from", "suffer|suffers|suffering|suffered <of=from>"),
    preposition("according-to", "according <with=to|by=to>"),
    preposition("access-to", "has|have|had|get|gets|need|gain access <of=to>"),
    preposition(
        "focus-on",
        "focus|focuses|focused|focusing <in=on|at=on> how|making|providing|improving|building",
    ),
    article(
        "one-of",
        "one of <top=the_top|best=the_best|biggest=the_biggest|largest=the_largest|most=the_most|main=the_main|key=the_key|first=the_first|following=the_following>",
    ),
    article(
        "following",
        "in|with|at|on|has|have|see|use|using|run|execute|support|supports|contain|contains|includes|provides|through|via|under|add <following=the_following> NOUN|NOUNS|ways !of",
    ),
    // `instead of following instructions` is right.
    article(
        "following",
        "consist|consists|consisting|one|any|all|each|some|list|set|because|out|either|values|composed|made of <following=the_following> NOUN|NOUNS !of",
    ),
    article("following", "^ <following=the_following> is|are"),
    article(
        "following",
        "^ <following=the_following> NOUN|NOUNS is|are|was|can|will|should|must|shows|provides|describes|has|have",
    ),
    article(
        "same",
        "in|on|at|with|from|of|for|by|within|under|as|to|use|uses|have|has <same=the_same> NOUN|NOUNS|way|time|kind",
    ),
    article("result", "as <result=a_result> of|the|we"),
    article("future", "in <near=the_near> future"),
    article("other-hand", "on <other=the_other> hand"),
    article("long-time", "for <long=a_long> time"),
    article(
        "end-of",
        "at|from|until <beginning=the_beginning|start=the_start|bottom=the_bottom|top=the_top|end=the_end> of the|this|your|each|our",
    ),
    article(
        "middle-of",
        "in <middle=the_middle|form=the_form|process=the_process|context=the_context|absence=the_absence|event=the_event> of",
    ),
    article("help-of", "with <help=the_help|exception=the_exception> of"),
    article("single", "as|with|on|into|using <single=a_single> NOUN $"),
    article(
        "lot-of",
        "are|is|have|has|with|had|got|takes|take|was|were|need|requires <lot=a_lot|couple=a_couple|bunch=a_bunch> of",
    ),
];
