use super::{SecretKind, Secrets};

/// The values that are found, in order.
fn found(text: &str) -> Vec<&str> {
    Secrets::default().find(text).into_iter().map(|secret| &text[secret.value]).collect()
}

#[test]
fn parameters_with_secrets_are_found_wherever_they_stand() {
    for (text, expected) in [
        ("[x](https://meet.tide.example/j/1?pwd=Sail0r.1)", vec!["Sail0r.1"]),
        ("https://a.example/?a=1&amp;access_token=ab12cd34.", vec!["ab12cd34"]),
        ("https://a.example/#access\\_token=ab12cd34&b=2", vec!["ab12cd34"]),
        ("<a href='https://a.example/?token=ab12cd34'>x</a>", vec!["ab12cd34"]),
        ("https://a.example/?X-Amz-Signature=0f1e2d3c", vec!["0f1e2d3c"]),
        ("https://go.example/?u=https%3A%2F%2Fa.example%2F%3Fpwd%3Dsail0r%26b%3D1", vec!["sail0r"]),
        ("https://go.example/?u=https://a.example/?pwd=sail0r&b=1", vec!["sail0r"]),
        ("https://a.example/?password=one1&passcode=two2", vec!["one1", "two2"]),
        ("| https://a.example/?pwd=sail0r | b |", vec!["sail0r"]),
        ("https://a.example/?pwd=sa(il)0r) and", vec!["sa(il)0r"]),
        ("<https://a.example/?pwd=sa)-il0r>", vec!["sa)-il0r"]),
        ("https://a.example/?pwd=sail&#48;r&b", vec!["sail&#48;r"]),
        ("https://a.example/?pwd=ségel", vec!["ségel"]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn user_parts_with_secrets_are_found() {
    assert_eq!(found("https://mira:sail0r@a.example/x"), ["sail0r"]);
    assert_eq!(found("git+ssh://mira:p@ss@a.example"), ["p@ss"]);
    assert_eq!(found("https://mira:sa/il@a.example"), ["sa/il"], "a slash that should have been encoded");
    assert_eq!(found("https://gh7_A1b2C3d4E5f6G7h8@a.example/x.git"), ["gh7_A1b2C3d4E5f6G7h8"]);
    assert_eq!(found("https://mira@a.example/ and mail@a.example:8080"), [""; 0]);
    assert_eq!(found("https://a.example:8080/@mira and https://user:pass@a.example"), [""; 0]);
}

#[test]
fn what_is_no_secret_is_left_alone() {
    for text in [
        "https://a.example/?token=YOUR_TOKEN",
        "https://a.example/?token=<token>",
        "https://a.example/?code=404&key=value",
        "https://a.example/?password=",
        "let password=sail0r in plain text",
        "https://a.example/?monkey=ab12cd34",
    ] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

#[test]
fn more_names_can_be_given() {
    let secrets = Secrets::named(["Meeting-Code", ""]);
    let text = "https://a.example/?meeting_code=sail0r";
    let kinds: Vec<_> = secrets.find(text).into_iter().map(|secret| secret.kind).collect();
    assert_eq!(kinds, [SecretKind::Parameter("meeting_code".into())]);
    assert_eq!(found(text), [""; 0]);
}

#[test]
fn a_mask_keeps_every_length() {
    let text = "a é ?pwd=sé日😀il, b ?token=ab12cd34";
    let shown = Secrets::default().mask(text);
    assert_eq!(shown, "a é ?pwd=*×•🔒**, b ?token=********");
    assert_eq!((shown.len(), shown.chars().count()), (text.len(), text.chars().count()));
    assert_eq!(shown.encode_utf16().count(), text.encode_utf16().count());
}

#[test]
fn any_text_is_searched_without_harm() {
    for unit in ["?pwd=", "://a:b/", "://", "&password%3D", "=", "%", "?pwd=a)", "&#", "://@", "é?token=1é"]
    {
        let text = unit.repeat(20_000);
        assert_eq!(Secrets::default().mask(&text).len(), text.len());
    }
}
