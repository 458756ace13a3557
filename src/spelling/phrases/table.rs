//! The phrases that are never right, as data.
//!
//! A phrase is a row of slots, with nothing but spaces between their words. A slot is a word, several with `|` between
//! them, or a class in uppercase. `<…>` holds what is wrong: in `<trough=through>` the second word is what is meant, with
//! `_` for a space in it; in `<VERB=+ing>` it is a form of what is written. `!…` at either end says what must not be
//! there, `,` that a comma must, `^` that a sentence begins, `~` that none begins, `$` that no further part of a name may
//! follow.

use super::{Topic, grammar};

/// Words that stand for each other in slots.
pub(super) const CLASSES: &[(&str, &str)] = &[
    ("BE", "is|are|was|were|be|been|being"),
    ("DET", "the|a|an|this|that|these|those|my|your|our|their|its|any|some|all|each|every|another"),
    ("MODAL", "will|can|could|would|should|must|may|might|cannot"),
    ("NOT", "don't|doesn't|didn't|can't|cannot|won't|couldn't|shouldn't|wouldn't|mustn't"),
    ("HAVE", "have|has|had|having|haven't|hasn't|hadn't|i've|you've|we've|they've"),
    ("BELONGING", "this|these|those|my|your|our|their|its"),
    (
        "MORE",
        "more|less|better|worse|rather|larger|smaller|greater|faster|slower|higher|lower|easier|fewer|bigger|older|newer|longer|shorter|earlier|later|harder|further",
    ),
    (
        "PASS",
        "go|goes|going|went|pass|passes|passed|passing|walk|walks|walking|run|runs|running|iterate|iterates|iterating|loop|loops|looping|scroll|scrolls|scrolling|step|steps|stepping|read|look|looking",
    ),
    ("WHICH", "first|second|third|last|next|previous|other|only|the|this|that|which|each|every"),
    ("ALLOW", "allow|allows|allowing|enable|enables|enabling|permit|permits|permitting"),
    ("ALLOWER", "you|they|we|i|users"),
    ("RECOMMENDER", "we|i|don't|not|strongly|highly|also|would|therefore|generally"),
    ("ADVERB", "easily|also|directly|automatically|dynamically|quickly|not|only|simply|always|then|better"),
    ("ASKED", "how|what|when|where|why|which|who|the|a"),
    ("COUNT", "two|three|four|five|six|seven|eight|nine|ten"),
    (
        "NUMBERED",
        "version|chapter|section|part|step|page|level|tier|phase|type|class|figure|table|the|write|once",
    ),
    ("PARTNER", "of|and|or|between|than|like|with|for|to|from|about|what|behind"),
    (
        "THINGS",
        "people|users|requests|connections|items|files|nodes|pods|messages|events|addresses|errors|clients|servers|threads|lines|options|developers|customers|containers|services|functions|components|packages|projects|issues|questions|steps|rows|columns|records|elements|objects|instances|replicas|partitions|queries|tests|contributors|commits|features|tools|vulnerabilities|devices|tokens|calls|changes|pages|posts|images|commands|parameters|variables|workers|members|communities|companies|organizations|bugs|warnings|attempts|retries|entries|fields|topics|vectors|clusters|proxies|applications|apps|plugins|modules|dependencies",
    ),
    ("MANY", "the|these|those|all|your|our|both|many|most|several|some"),
    ("SINGLE", "this|each|every|another|a|an|the"),
    (
        "ADJ",
        "new|different|single|specific|given|certain|custom|particular|simple|valid|large|small|separate|special|similar|common|default|additional|existing|complex|local|remote|unique|long|short|good|bad|basic|better|great|main|major|minor|known|global|dynamic|static|external|internal|public|private|other|important|useful|following|available|optional|empty|nested|virtual|physical|logical|random|full|partial|whole|second|first|next|previous|last",
    ),
    ("BY", "by|to|in|on|for|from|with|as|when|using|at|via|into"),
    ("INTRODUCE", "introduce|decide|implement|create|extend|receive|remove|define|choose"),
];

/// Words with which something else begins than a further noun of a name.
pub(super) const FOLLOWS: &str = "that|which|to|of|for|in|with|from|is|are|was|were|can|will|on|by|as|if|when|at|has|have|should|must|may|so|but|because|into|via|using|without|within|between|where|while|before|after|during|than|such|not|does";

/// All rows.
pub(super) fn rows() -> impl Iterator<Item = &'static Row> {
    ROWS.iter().chain(grammar::ROWS)
}

/// What is wrong with a phrase, how it is known to config, and how it reads.
pub(super) struct Row {
    pub(super) topic: Topic,
    pub(super) id: &'static str,
    pub(super) phrase: &'static str,
}

pub(super) const fn row(topic: Topic, id: &'static str, phrase: &'static str) -> Row {
    Row { topic, id, phrase }
}

const fn confused(id: &'static str, phrase: &'static str) -> Row {
    row(Topic::Confused, id, phrase)
}

const fn determiners(phrase: &'static str) -> Row {
    row(Topic::Confused, "two-determiners", phrase)
}

const fn missing(phrase: &'static str) -> Row {
    row(Topic::Missing, "article-preposition", phrase)
}

const fn apostrophe(phrase: &'static str) -> Row {
    row(Topic::Apostrophe, "apostrophe", phrase)
}

const ROWS: &[Row] = &[
    determiners("<the BELONGING>"),
    determiners("<the a|an> !priori|posteriori|la|cappella|capella|element|elements|tag|tags"),
    determiners("<a BELONGING>"),
    determiners("<an BELONGING>"),
    determiners("<a the>"),
    determiners("<an the>"),
    determiners("<a an>"),
    determiners("<an a>"),
    determiners("<my|your|our|their the>"),
    determiners("<my|your|our|their a|an>"),
    confused("it-is", "<its=it's> a|an|the|not|been|just|also|because|always|never|about"),
    confused("it-is", "<its=it's> important|possible|recommended|necessary|easy|better to|that"),
    confused(
        "its-it-is",
        "in|on|with|from|of|to|by|into|via|under|within|between|against|using <it's=its> NOUN|NOUNS|core|aim|full|corresponding|underlying|respective",
    ),
    confused("its-it-is", "~ <it's=its> NOUN is|was|will|can|should|must|has|cannot|does|would"),
    confused(
        "its-it-is",
        "do|does|did|reports|has|have|modifies|changes|changed|sets|lost|loses <it's=its> ONLYNOUN",
    ),
    confused("its-it-is", "<it's=its> corresponding|respective"),
    confused("performed", "BE <preformed=performed>"),
    confused("performed", "<preformed=performed> by|on|using|when|after|before|during|automatically"),
    confused("performed", "to|MODAL|not|NOT <preform=perform>"),
    confused("performed", "<preforms=performs|preforming=performing> DET"),
    confused("come", "MODAL|to|does|did|not|NOT <com=come> in|from|with|back|up|to|across|DET"),
    confused("come", "<com=come_in|come=come_in|comes=comes_in|came=came_in> handy"),
    confused("come", "<com=come> in handy"),
    confused("have-of", "could|should|would|must|might|couldn't|shouldn't|wouldn't <of=have> !course"),
    confused(
        "from-form",
        "different|comes|come|coming|came|taken|apart|derived|derive|derives|inherit|inherits|inherited|import|imported|read|fetch|fetched|removed|removing|remove|copied|copy|returned|download|downloaded|start|starting|started|away|far|aside|results|resulted|prevent|prevents|prevented|extract|extracted|obtained|receive|received|retrieved|generated|migrate|migrated|migrating|switch|switched|switching|benefit|benefits|built|exported|called|loaded|excluded|sent|inherits <form=from> the|a|an|this|that|these|those|your|our|its|their|another|within|any|it|other",
    ),
    confused("form-from", "in the|a|an <from=form> of"),
    confused("form-from", "web|html|login|contact|signup|short|long <from=form> of|is|to|field|fields"),
    confused(
        "lose",
        "to|not|MODAL|NOT|you'll|you'd|we'll|we'd|they'll|they'd|don't <loose=lose> DET|data|track|access|connection|connections|information|focus|sight|money|time|control|state|performance|precision|it|them|everything|anything|out|context",
    ),
    confused(
        "lose",
        "<loosing=losing> DET|data|track|access|connection|information|focus|sight|money|time|control|state|performance|precision|it|them|everything|anything|context",
    ),
    confused(
        "than-then",
        "MORE <then=than> a|an|one|two|three|four|five|half|just|any|what|that|usual|before|most|other|others|expected|necessary|needed|ever|those|normal|once|twice|or",
    ),
    confused("than-then", "rather <then=than> !the"),
    confused("than-then", "sooner <then=than> later"),
    confused("than-then", "other|different <then=than> what|that|those|how|using|being|others|other|any"),
    confused(
        "which-witch",
        ", <witch=which> is|are|was|were|can|will|has|have|you|we|i|they|it|means|contains|makes|allows|should|may|could|would",
    ),
    confused(
        "which-witch",
        "in|of|for|with|on|at|by|through|from <witch=which> the|you|we|it|they|case|is|are",
    ),
    confused(
        "through-trough",
        "PASS|sent|done|available|accessible|work|come|comes|travel|goes|send <trough=through>",
    ),
    confused(
        "through-trough",
        "!the|a|feeding|water|cattle|pig|this <trough=through> the|an|all|each|your|our|its|their|this|these",
    ),
    confused(
        "through-trough",
        "PASS <thorough=through> the|a|an|all|each|this|your|our|its|their|these|those|it",
    ),
    confused(
        "through-trough",
        "go|goes|going|went|iterate|iterates|iterating|loop|loops|looping|scroll|scrolls|scrolling|walk|walks|walking <though=through> the|a|an|all|each|this|your|our|its|their|these|those|it|every",
    ),
    confused("their-there", "<there=their> own"),
    confused(
        "there-their",
        "<their=there> is|are|was|were|exists|exist a|an|no|the|some|many|several|two|three|also|currently|other|more|any|always|nothing|not",
    ),
    confused("its-own", "<it's=its> own"),
    confused("your-own", "<you're=your> own"),
    confused("your-own", "for|in|on|with|at|from|create|write|build|make|define|run|use <you=your> own"),
    confused("your-you", "with|for|of|to|from|on|in|within <you=your> ONLYNOUN $"),
    confused(
        "you-your",
        "if|when|while|once <you=your> ONLYNOUN is|was|will|has|should|must|can|needs|contains",
    ),
    confused("you-your", "if|when|once <your=you> are|have|want|don't|wish|would|should|must|can"),
    confused("if-in", "^ <in=if> you want|have|need|are|already|don't|would|use|prefer|wish"),
    confused("many-may", "how <may=many|any=many> NOUNS"),
    confused(
        "simply-simple",
        "MODAL|not <simple=simply|manual=manually|explicit=explicitly|automatic=automatically|dynamic=dynamically|easy=easily|quick=quickly|safe=safely|correct=correctly> ONLYVERB|add|edit|use|run|have|be",
    ),
    confused(
        "simply-simple",
        "^ <simple=simply> add|call|run|use|create|set|define|register|replace|remove the|a|an|your|this|it",
    ),
    confused("other-others", "<others=other> ONLYNOUNS"),
    confused("lets", "that|which|it|this <let's=lets> you|us|users|developers"),
    confused(
        "let-us",
        "^ <lets=let's> take|see|say|look|go|start|create|assume|consider|explore|define|install|begin",
    ),
    confused("to-verb", "ALLOW <you=you_to|us=us_to|them=them_to> ONLYVERB"),
    confused("to-verb", "in <order=order_to> ONLYVERB"),
    confused("by-be", "will|can|should|must|may|could|might|cannot <by=be> PAST"),
    confused(
        "by-be",
        "done|used|enabled|disabled|installed|provided|selected|included|set|turned|supported|off|on|configured|activated|handled|generated|required|caused <be=by> default|the|a|an|using|this",
    ),
    confused(
        "one-of",
        "<on=one> of the|these|those most|best|main|key|first|many|few|biggest|largest|following|above|easiest|simplest|reasons|ways",
    ),
    confused("one-or-more", "one <of=or> more !than"),
    confused("one-or-more", "whether <of=or> not"),
    confused(
        "to-too",
        "need|needs|want|wants|able|how|going|order|trying|ought <too=to> be|use|create|get|make|run|do|see|add|set|install|build|find|write|work|go|have|know|change",
    ),
    confused(
        "too-to",
        "far|way <to=too> big|large|small|many|much|complicated|expensive|difficult|late|early|slow|verbose|strict|often",
    ),
    confused(
        "not-no",
        "do|does|did <no=not> need|have|want|require|allow|support|include|contain|exist|affect|apply",
    ),
    confused("not-no", "MODAL <no=not> be|have|need|work|use"),
    confused("event-even", "in the <even=event> of|that|a|an"),
    confused("sake-same", "for the <same=sake> of"),
    confused(
        "manager-manger",
        "package|password|window|file|project|product|task|session|state|device|plugin|version|boot|release|event|process|the|a|your|controller|cluster|node|resource|engineering|general <manger=manager>",
    ),
    confused("started-stated", "get|gets|getting|got <stated=started>"),
    confused("meant-mean", "is|are|was|were <mean=meant> by|to"),
    confused("wreak-wreck", "<wreck=wreak|wrecks=wreaks|wrecking=wreaking|wrecked=wreaked> havoc"),
    confused("lightning-lighting", "<lighting=lightning|lightening=lightning> fast"),
    confused("just-juts", "not|is|are|can|was|you|we|but|to <juts=just> !out|into|from|above|over"),
    confused(
        "first-fist",
        "the|your|our|my|its|a <fist=first> time|message|step|thing|argument|parameter|line|version|release|class|element|item|one|two|three|example|part|character|column|row|day|place|order",
    ),
    confused("go-got", "let's|lets|let <got=go> to|through|back|over|ahead|with|on"),
    confused("allow-alow", "<alow=allow> us|you|for|the|to|a|an|users|it|them|all|any|only"),
    confused(
        "below-bellow",
        "see|shown|described|listed|mentioned|given|defined|example|diagram|table|figure|image|snippet|steps|explained|outlined|provided|displayed|noted|examples|listing|screenshot|section|illustrated|specified <bellow=below>",
    ),
    confused(
        "below-bellow",
        "the <bellow=below> code|example|examples|command|commands|diagram|steps|image|table|figure|snippet|list|section|configuration|screenshot|instructions",
    ),
    confused("behalf-behave", "on <behave=behalf> of"),
    confused("behalf-behave", "on my|your|our|their|its|his|her <behave=behalf>"),
    confused("se-say", "!as|dollars|cents|percent|more|less per <say=se>"),
    confused("peek-peak", "sneak <peak=peek|peaks=peeks>"),
    confused("bear-bare", "<bare=bear> with me|us"),
    confused("bear-bare", "<bare=bear> in mind"),
    confused("moot-mute", "a <mute=moot> point"),
    confused("rein-reign", "free <reign=rein>"),
    confused("and-in", "by <in=and> large"),
    confused("whet-wet", "<wet=whet> your|my|their|our|the|his|her appetite|appetites"),
    confused("due-do", "<do=due> to the|a fact|lack|nature|limitations|way|bug|change|number|amount|size"),
    confused("effect-affect", "take|takes|took|taking|taken|come|comes|goes|into <affect=effect>"),
    confused(
        "effect-affect",
        "the|an|no|any|side|little|adverse|negative|positive|same|desired|intended <affect=effect> of|on",
    ),
    confused(
        "affect-effect",
        "not|NOT <effect=affect> the|your|other|any|existing|how|performance|this|our|each",
    ),
    confused(
        "principal-principle",
        "<principle=principal> engineer|engineers|investigator|architect|developer|scientist|maintainer",
    ),
    confused(
        "advise-advice",
        "we|i|strongly|highly|would|you <advice=advise> you|to|against|that|using|not|everyone|users",
    ),
    confused(
        "advice-advise",
        "any|good|great|helpful|useful|bad|of|some <advise=advice> !you|to|against|that|using|them|us",
    ),
    confused(
        "compliant-complaint",
        "is|are|be|fully|not|being|posix|standards|fips|spec <complaint=compliant> with",
    ),
    confused("choose-chose", "to|MODAL|NOT|you'll|we'll <chose=choose>"),
    confused("choose-chose", "did|do|does not <chose=choose>"),
    confused("run-ran", "be|been|being|get|gets|getting|HAVE|to|can|will|should|must|cannot <ran=run>"),
    confused("sent-send", "was|were|been|being|gets <send=sent>"),
    confused("sent-send", "is|are|be <send=sent> to|by|via|from|over|back|as|in|with|out"),
    confused(
        "participle",
        "HAVE <went=gone|wrote=written|took=taken|chose=chosen|began=begun|came=come|became=become|gave=given|broke=broken|did=done>",
    ),
    confused("were-where", "we|they <where=were>"),
    confused("whether-weather", "<weather=whether> or not"),
    confused(
        "whether-weather",
        "check|checks|decide|decides|determine|determines|know|see|tell|test|ask|asks|indicate|indicates|of|on <weather=whether> the|to|a|an|it|you|we|they|this|or|there",
    ),
    confused("quite-quiet", "<quiet=quite> a few|bit|lot|while"),
    confused(
        "quite-quiet",
        "is|are|was|be|it's|that's <quiet=quite> simple|easy|different|similar|large|good|common|useful|hard|difficult|small|complex|straightforward|likely|possible|a|often|powerful|big",
    ),
    confused(
        "piece-peace",
        "a|this|each|every|one|single|the <peace=piece> of code|software|information|data|cake|text|advice|work|hardware",
    ),
    confused("piece-peace", "<peaces=pieces> of"),
    confused("a-part", "BE|become|becomes|became <apart=a_part> of"),
    confused("opposed-oppose", "as <oppose=opposed|appose=opposed|apposed=opposed> to"),
    confused("supposed-suppose", "is|are|was|were|am|not|isn't|aren't|be <suppose=supposed> to"),
    confused("used-use", "it|there|this|which|what|we|they|i <use=used> to be|have"),
    confused("based-base", "is|are|was|were|be|been <base=based> on|upon"),
    confused("turn-turns", "which|that|and|this in <turns=turn> !of|out"),
    confused("follows-follow", "BE|works|work|looks|reads as <follow=follows> !up|ups|on|through"),
    confused("limited-limit", "not|is|are <limit=limited> to"),
    confused("required-require", "is|are|was|were|be|been <require=required> to|for|by|in"),
    confused("and-an", "<an=and> then|it|they|we|you|he|she|are|is"),
    confused("they-thy", "<thy=they> can|are|have|should|were|don't|could|must"),
    confused(
        "being-begin",
        "is|are|was|were|from <begin=being> used|made|run|added|developed|worked|updated|created|sent|called|built|considered|tested|able",
    ),
    confused("know-no", "let us|me|you|them|him|her <no=know> if|what|how|when|about|that|whether"),
    confused("while-wile", "a <wile=while>"),
    confused("well-will", "as <will=well> as"),
    confused("least-lest", "at <lest=least>"),
    missing("<the|a|an of|from|with|by|into|at> the|a|an|these|those|our|your|their|its"),
    missing("<the|an to|in|for|on> the|a|an"),
    apostrophe(
        "<didnt=didn't|doesnt=doesn't|isnt=isn't|arent=aren't|wasnt=wasn't|werent=weren't|couldnt=couldn't|shouldnt=shouldn't|wouldnt=wouldn't|havent=haven't|hasnt=hasn't|hadnt=hadn't|youre=you're|theyre=they're|youve=you've|weve=we've|theyve=they've|youll=you'll|theyll=they'll|thats=that's>",
    ),
    apostrophe("i|you|we|they|please|just|but|and|if|so|that|users|people|it <dont=don't>"),
    apostrophe(
        "<dont=don't> have|need|want|know|use|forget|be|do|get|worry|think|see|care|like|work|add|show|make|put|try|set|run|let|allow|support|change|you|we|they|even|just|really|always|expect|fail|exist|print|include",
    ),
    apostrophe("<whats=what's> the|a|an|this|that|happening|going|new|next|wrong|your|more"),
    apostrophe("<heres=here's> the|a|an|how|what|some|my|another|one"),
    apostrophe("<theres=there's> a|an|no|the|some|nothing|more|another|also|one|only|something"),
    apostrophe("<im=I'm> not|going|trying|using|sure|a|still|just"),
    apostrophe("<ive=I've> been|had|got|made|used|seen|tried|found|never|already|just|only"),
];
