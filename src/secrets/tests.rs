use super::{SecretKind, SecretPlace, Secrets};

/// The values that are found, in order.
fn found(text: &str) -> Vec<&str> {
    Secrets::default().find(text).into_iter().map(|secret| &text[secret.value]).collect()
}

/// The values that are found in URLs.
fn reported(text: &str) -> Vec<&str> {
    let found = Secrets::default().find(text).into_iter();
    found.filter(|secret| secret.place == SecretPlace::Url).map(|secret| &text[secret.value]).collect()
}

#[test]
fn parameters_with_secrets_are_found_wherever_they_are() {
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
        ("https://a.example/?token=%20ab12cd34", vec!["%20ab12cd34"]),
        ("https://a.example/?pwd=sa%26il0r&b", vec!["sa%26il0r"]),
        ("https://a.example/?pwd=sail&lt;0r&b", vec!["sail&lt;0r"]),
        ("https://a.example/dock;jsessionid=8C2F1D7E9A0B?x=1", vec!["8C2F1D7E9A0B?x=1"]),
        ("https://a.example/?a=1,token=ab12cd34", vec!["ab12cd34"]),
        ("https://a.example/?a=1&token＝ab12cd34", vec!["ab12cd34"]),
        ("https://a.example/?q={\"token\":\"ab12cd34\"}", vec!["ab12cd34"]),
        ("https://a.example/?q=%7B%22apiKey%22%3A%22ab12cd34%22%7D", vec!["ab12cd34"]),
        ("Endpoint=sb://a.example/;SharedAccessKey=Wn1Yc8Hf6T=;EntityPath=b", vec!["Wn1Yc8Hf6T="]),
        ("AccountName=tide;AccountKey=Wn1Yc8Hf6Tg9==", vec!["Wn1Yc8Hf6Tg9=="]),
    ] {
        assert_eq!(reported(text), expected, "{text}");
    }
}

#[test]
fn user_information_with_secrets_is_found_as_a_whole() {
    for (text, expected) in [
        ("https://mira:sail0r@a.example/x", "mira:sail0r"),
        ("git+ssh://mira:p@ss1@a.example", "mira:p@ss1"),
        ("https://mira:sa/il@a.example", "mira:sa/il"),
        ("https://mira:sa?i#l@a.example/x", "mira:sa?i#l"),
        ("https://gh7_A1b2C3d4E5f6G7h8@a.example/x.git", "gh7_A1b2C3d4E5f6G7h8"),
        ("https://gh7_A1b2C3d4E5f6G7h8:x-oauth-basic@a.example/x.git", "gh7_A1b2C3d4E5f6G7h8:x-oauth-basic"),
        ("https://gh7_A1b2C3d4E5f6G7h8:@a.example/", "gh7_A1b2C3d4E5f6G7h8:"),
        ("(//mira:sail0r@a.example/)", "mira:sail0r"),
        ("https:\\\\mira:sail0r@a.example/", "mira:sail0r"),
        ("https:/mira:sail0r@a.example/", "mira:sail0r"),
        ("https:///mira:sail0r@a.example/", "mira:sail0r"),
        ("https://mira:sail0r@example.community/", "mira:sail0r"),
        ("https://mira:$ai1orBoat22w@a.example/", "mira:$ai1orBoat22w"),
        ("https://mira:sail0r&#64;a.example/", "mira:sail0r"),
        ("https://mira:sail0r&amp;#64;a.example/", "mira:sail0r"),
        ("ht\u{200B}tps://mi\u{AD}ra:sail\u{2060}0r\u{200D}@a.example/", "mi\u{AD}ra:sail\u{2060}0r\u{200D}"),
        ("https&colon;//mira&colon;sail0r@a.example/", "mira&colon;sail0r"),
        ("https://mira%3Asail0r@a.example/", "mira%3Asail0r"),
        ("https://mira:sail0r%40a.example/", "mira:sail0r"),
        ("https://b.example/?next=https%3A%2F%2Fmira%3Asail0r%40a.example%2F", "mira%3Asail0r"),
        ("https:\\/\\/mira:sail0r@a.example\\/", "mira:sail0r"),
        ("redis://:sail0r@a.example:6379", ":sail0r"),
        ("https://mira:sail0r@[2001:db8::7]/", "mira:sail0r"),
        ("smb://FLEET;mira:sail0r@a.example/", "FLEET;mira:sail0r"),
    ] {
        assert_eq!(reported(text), [expected], "{text}");
    }
    let long = format!("https://mira:{}@a.example/", "Tide7Quay".repeat(200));
    assert_eq!(reported(&long), [&long["https://".len()..long.len() - "@a.example/".len()]]);
}

#[test]
fn what_is_of_a_person_of_documentation_is_not_reported() {
    for text in [
        "otpauth://totp/Quay:mira@example.org?secret=JB7WY3DPEH2K3PXP&issuer=Quay",
        "smtp://mira%40mail.example.org:5ail0r8Quay@smtp.a.example:587",
        "https://your-quay.com/callback?token=ab12cd34",
    ] {
        assert_eq!(reported(text), [""; 0], "{text}");
        assert_eq!(found(text).len(), 1, "{text}");
    }
    let real = "otpauth://totp/Quay:mira@quay.community?secret=JB7WY3DPEH2K3PXP&issuer=Quay";
    assert_eq!(reported(real), ["JB7WY3DPEH2K3PXP"]);
    let beside = "https://api.quay.community/x?token=Wn1Yc8Hf6Tg9Ra2Ue7&to=mira@example.org";
    assert_eq!(reported(beside), ["Wn1Yc8Hf6Tg9Ra2Ue7"]);
}

#[test]
fn download_urls_of_a_storage_are_public() {
    let token = "5e0c2f77-63d4-4a19-8f0e-1d7b4c6a9e21";
    for host in ["firebasestorage.googleapis.com", "files.quay.community/~/files"] {
        let url = format!("https://{host}/v0/b/quay.appspot.com/o/pier%2Fmap.png?alt=media&token={token}");
        assert_eq!(found(&url), [""; 0], "{url}");
        assert_eq!(found(&url.replace('&', "&amp;")), [""; 0], "{url}");
        assert_eq!(reported(&url.replace("alt=media", "alt=json")), [token], "{url}");
    }
}

#[test]
fn values_that_go_on_in_the_next_line_are_found() {
    assert_eq!(reported("\"https://a.example/?token=\\\n  Wn1Yc8Hf6Tg9Ra2Ue7\""), ["Wn1Yc8Hf6Tg9Ra2Ue7"]);
    assert_eq!(reported("https://a.example/?token=\n  Wn1Yc8Hf6Tg9Ra2Ue7"), ["Wn1Yc8Hf6Tg9Ra2Ue7"]);
    assert_eq!(reported("https://a.example/x?\n  token=Wn1Yc8Hf6Tg9Ra2Ue7"), ["Wn1Yc8Hf6Tg9Ra2Ue7"]);
    assert_eq!(reported("\"https://a.example/?token=Wn1Yc\\\n  8Hf6Tg9\""), ["Wn1Yc\\\n  8Hf6Tg9"]);
    assert_eq!(found("Add `?token=` and the rest of the words"), [""; 0]);
}

#[test]
fn a_url_in_quotes_goes_on_after_tabs_and_line_breaks() {
    for (text, expected) in [
        ("<a href=\"https://mira:sa\til0r@a.example\">x</a>", "mira:sa\til0r"),
        ("<a href=\"https://mira:sa\t\nil0r@a.example\">x</a>", "mira:sa\t\nil0r"),
        ("<a\nhref='\n  https://mi\r\n\t ra:sail\n0r@a.example\n'>x</a>", "mi\r\n\t ra:sail\n0r"),
        ("<a href=\"ht\ntp\ns:/\n/mira:sail0r@a.example\">x</a>", "mira:sail0r"),
        ("<a href=\"https&colon;//mira:\nsail0r@a.example\">x</a>", "mira:\nsail0r"),
        ("<a href=\"//mira:sail\n0r@a.example\">x</a>", "mira:sail\n0r"),
        ("[x](<https://mira:sail\t0r@a.example>)", "mira:sail\t0r"),
        ("url: \"https://mira:sail\n  0r@a.example\"", "mira:sail\n  0r"),
        ("<a href=\"https://a.example/?token=ab1\n\t2cd34\">x</a>", "ab1\n\t2cd34"),
        ("<a href=\"https://a.example/?to\nken=ab12cd34\">x</a>", "ab12cd34"),
        ("<a href=\"https://mira:sa&#9;il&NewLine;0r@a.example\">x</a>", "mira:sa&#9;il&NewLine;0r"),
        ("url: |\n  https://mira:Sa1lB0at\n  s2Sea@a.example", "mira:Sa1lB0at\n  s2Sea"),
    ] {
        assert_eq!(reported(text), [expected], "{text}");
    }
    for text in [
        "\"https://a.example/\nmira@b.example\"",
        "link: 'https://a.example/?token='\nimage: ab12cd34ef56\n",
        "See \"https://a.example is\na token=of the sea\"",
        "https://a.example:8080\nmira@b.example",
        "https://boats:port\nmira@b.example",
    ] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

#[test]
fn secrets_of_paths_and_formats_are_found() {
    for (text, expected) in [
        (
            "https://hooks.slack.com/services/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",
            "Wn1Yc8Hf6Tg9Ra2Ue7Io3PqM",
        ),
        ("https://discord.com/api/webhooks/884512030495728394/Wn1Yc8Hf6Tg9Ra2U", "Wn1Yc8Hf6Tg9Ra2U"),
        (
            "https://api.telegram.org/bot5061728394:AAWn1Yc8Hf6Tg9Ra2Ue7Io3PqM5xVbKd0pL/getMe",
            "AAWn1Yc8Hf6Tg9Ra2Ue7Io3PqM5xVbKd0pL",
        ),
        (
            "https://calendar.google.com/calendar/ical/a%40a.example/private-0f1e2d3c4b5a69788796a5b4/basic.ics",
            "0f1e2d3c4b5a69788796a5b4",
        ),
        ("https://feeds.tide.example/private/0f1e2d3c4b5a69788796a5b4.rss", "0f1e2d3c4b5a69788796a5b4"),
        ("webcal://boats.example/u/0f1e2d3c4b5a69788796a5b4.ics", "0f1e2d3c4b5a69788796a5b4"),
        ("https://chat.boats.example/hooks/w1y8h6t9r2u7i3p5x0v4k9d2lq", "w1y8h6t9r2u7i3p5x0v4k9d2lq"),
        (
            "https://chat.boats.example/hooks/0f1e2d3c4b5a69788796a5b4/Wn1Yc8Hf6Tg9Ra2Ue7Io3PqM",
            "0f1e2d3c4b5a69788796a5b4/Wn1Yc8Hf6Tg9Ra2Ue7Io3PqM",
        ),
        ("https://hooks.zapier.com/hooks/catch/1029384/q4z7ti/", "q4z7ti"),
        ("$https://hooks.zapier.com/hooks/catch/1029384/q4z7ti$", "q4z7ti"),
        (
            "https://a.example/x?hdnts=exp=1700000000~acl=/*~hmac=0f1e2d3c4b5a69788796a5b4c3d2e1f0",
            "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
        ),
        ("https://api.render.com/deploy/srv-quay?key=q4Z7tIde2Hb", "q4Z7tIde2Hb"),
        (
            "https://a.example/?t=1//0gWn1Yc8Hf6Tg9Ra2Ue7Io3PqM5xVbKd0pL-Wn1Yc8Hf6Tg9",
            "0gWn1Yc8Hf6Tg9Ra2Ue7Io3PqM5xVbKd0pL-Wn1Yc8Hf6Tg9",
        ),
        ("https://a.example/?v=glpat-Wn1Yc8Hf6Tg9Ra2Ue7", "glpat-Wn1Yc8Hf6Tg9Ra2Ue7"),
    ] {
        assert_eq!(reported(text), [expected], "{text}");
    }
    assert_eq!(reported("glpat-Wn1Yc8Hf6Tg9Ra2Ue7"), [""; 0], "not part of a URL");
    assert_eq!(found("glpat-Wn1Yc8Hf6Tg9Ra2Ue7"), ["glpat-Wn1Yc8Hf6Tg9Ra2Ue7"]);
    assert_eq!(found("export API_TOKEN=Wn1Yc8Hf6Tg9Ra2Ue7"), ["Wn1Yc8Hf6Tg9Ra2Ue7"]);
}

#[test]
fn values_after_words_that_announce_them_are_masked_and_not_reported() {
    for text in [
        "Authorization: Bearer Wn1Yc8Hf6Tg9Ra2Ue7",
        "Authorization: Basic Wn1Yc8Hf6Tg9Ra2Ue7",
        "password: Wn1Yc8Hf6Tg9Ra2Ue7",
        "X-Api-Key: Wn1Yc8Hf6Tg9Ra2Ue7",
        "curl -u mira:Wn1Yc8Hf6Tg9Ra2Ue7 https://a.example/",
    ] {
        assert!(!Secrets::default().mask(text).contains("Wn1Yc8Hf6Tg9Ra2Ue7"), "{text}");
        assert_eq!(reported(text), [""; 0], "{text}");
    }
}

#[test]
fn user_and_password_in_base64_are_masked() {
    // mira:T1d3ptt0JlVGlA, which has one digit here
    let text = "Authorization: Basic bWlyYTpUMWQzcHR0MEpsVkdsQQ==";
    assert_eq!(Secrets::default().mask(text), format!("Authorization: Basic {}", "*".repeat(28)));
    // mira:YOUR_TOKEN
    let text = "Authorization: Basic bWlyYTpZT1VSX1RPS0VO";
    assert_eq!(Secrets::default().mask(text), text);
}

#[test]
fn what_is_not_a_secret_is_left_alone() {
    for text in [
        "https://a.example/?token=YOUR_TOKEN",
        "https://a.example/?key=pk_live_Wn1Yc8Hf6Tg9Ra2Ue7Io3PqM",
        "https://hooks.zapier.com/hooks/catch/123456/abcdef/",
        "https://a.example/assets/token-0f1e2d3c4b5a69788796.js",
        "https://a.example/?token=<token>",
        "https://a.example/?token=%3Ctoken%3E",
        "https://a.example/?token=$TOKEN&x=1",
        "https://a.example/?code=404&key=value",
        "https://a.example/?password=",
        "let password=sail0r in plain text",
        "https://a.example/?monkey=ab12cd34",
        "https://a.example/?SID=0f1e2d3c4b5a69788796a5b4c3d2e1f0",
        "https://a.example/?code=let%20tide%20%3D%20%5B1,%202%5D%3B",
        "https://a.example/?sig=Wm3kPq8sVx1Lz0dRt7Yb5cNh2Ge",
        "https://a.example/?next_page_token=Wm3kPq8sVx1Lz0dRt7Yb5cNh2Ge",
        "https://user:password@a.example/ https://username:your-password@a.example",
        "postgres://postgres:postgres@db:5432/tides postgres://tide:sailing@localhost/tides",
        "https://mira@a.example/ and mail@a.example:8080",
        "https://a.example:8080/@mira and https://a.example:port/@scope/quay@1.0",
        "(http://localhost:3000),mail@a.example",
        "https://x-access-token:${{ secrets.QUAY_TOKEN }}@a.example/",
        "https://cal.example/public/0f1e2d3c4b5a69788796a5b4.ics",
        "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
        "https://a.example/webhooks/about-the-2-webhooks-and-the-3-hooks",
        "https://coins.example/a/0xA1b2C3d4E5f6A7b8C9d0E1f2A3b4C5d6E7f8A9b0",
        "// user:pass@host",
        "if (a&key==b1c2d3e4f5a6b7c8)",
    ] {
        assert_eq!(reported(text), [""; 0], "{text}");
    }
    assert_eq!(reported("https://mira:sail0r@example.com/ https://mira:sail0r@git.example.org/"), [""; 0]);
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
fn the_host_is_that_of_the_innermost_url() {
    let text = "https://a.example/?u=https%3A%2F%2FB.example%2F%3Fpwd%3Dsail0r&pwd=mast2x";
    let hosts: Vec<_> = Secrets::default().find(text).into_iter().map(|secret| secret.host).collect();
    assert_eq!(hosts, ["b.example".into(), "a.example".into()]);
}

#[test]
fn a_mask_keeps_every_length() {
    let text = "a é ?pwd=sé日😀il, b ?token=ab12cd34";
    let shown = Secrets::default().mask(text);
    assert_eq!(shown, "a é ?pwd=*×•🔒**, b ?token=********");
    assert_eq!((shown.len(), shown.chars().count()), (text.len(), text.chars().count()));
    assert_eq!(shown.encode_utf16().count(), text.encode_utf16().count());
    assert_eq!(Secrets::default().mask("?token=Wn1Yc\\\n  8Hf6Tg9"), "?token=******\n*********");
}

#[test]
fn any_text_is_searched_without_harm() {
    let units = [
        "?pwd=",
        "://a:b/",
        "://",
        "&password%3D",
        "=",
        "%",
        "?pwd=a)",
        "&#",
        "://@",
        "é?token=1é",
        "\\\n",
        "=//a1b2c3d4",
        "?q={\"token\":\"",
        "%25",
        "{{",
        "https://a1/",
        "%3Ftoken%3D",
        "é%FF",
        "\\u00e9",
        "eyJa1.",
        "?token=é%FF,,,",
        ":@",
        "//a:b@",
        "private-é1/",
        "\\u",
        "/",
        "\\",
        "https:/",
        "a1b2c3d4e5f6",
        "https://u:p",
        "&token=a1b2c3d4e5f6a7b8",
        "Bearer ",
        "token: ",
    ];
    for unit in units {
        let text = format!("https://a.example/?{}", unit.repeat(20_000));
        assert_eq!(Secrets::default().mask(&text).len(), text.len());
        for other in units {
            let text = format!("https://é{}", [unit, other].concat().repeat(20));
            assert_eq!(Secrets::default().mask(&text).len(), text.len());
        }
    }
}

#[test]
fn long_parts_of_urls_are_searched_without_harm() {
    let long = "a1".repeat(100_000);
    for text in [
        format!("https://{long}/?{}", "token=&".repeat(20_000)),
        format!("https://{long}/{}", "Wn1Yc8Hf6Tg9Ra2Ue7Io+".repeat(20_000)),
        format!("https://mira:{long}@a.example/{}", "?token=a1b2c3d4e5f6".repeat(20_000)),
        format!("https://a.example/?token={long}"),
        format!("https://a.example/?token={}", "eyJ0eXAiOiJKV1QifQ.".repeat(20_000)),
        format!("https://a.example/?{long}=1&{long}=2"),
        format!("https://a.example/{long}/{}", "private/".repeat(20_000)),
    ] {
        assert_eq!(Secrets::default().mask(&text).len(), text.len());
    }
}

#[test]
fn a_password_needs_no_scheme() {
    for (text, expected) in [
        ("proxy: deploy:T1d3Gate88x@proxy.quay.example:8080", vec!["deploy:T1d3Gate88x"]),
        ("see <ci:T1d3Gate88x@git.quay.example/boats.git> there", vec!["ci:T1d3Gate88x"]),
        ("\"ci:T1d3Gate88x&#64;git.quay.example\"", vec!["ci:T1d3Gate88x"]),
        ("mira:T1d3Gate88x@tcp(db.quay.example:3306)/tides", vec!["mira:T1d3Gate88x"]),
        ("ci:T1d3Gate88x@example.com", vec![]),
        ("mailto:t1d3Gate88x@quay.example and git@git.quay.example:boats/quay.git", vec![]),
        ("ghcr.io/quay/boats:v1a2B3c4@sha256:0f1e2d3c4b5a69788796", vec![]),
        ("author:anna.berth@quay.example npm:boats@1.2.3 at 10:30@quay.example", vec![]),
        ("ci:PASSWORD@git.quay.example ci:$PASSWORD@git.quay.example", vec![]),
    ] {
        assert_eq!(reported(text), expected, "{text}");
    }
}

#[test]
fn what_only_looks_like_a_secret_is_left_alone() {
    for text in [
        "sed -i 's@URL=.*@URL=http://$QUAY_HOST:8000@g' .env",
        "Protocol=http;AccountName=devstoreaccount1;AccountKey=Wn1Yc8Hf6Tg9==;",
    ] {
        assert!(reported(text).is_empty(), "{text}");
    }
    assert_eq!(reported("https://$USER:80xyz-Q1@a.example/"), ["$USER:80xyz-Q1"]);
}
