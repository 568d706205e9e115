//! What of own CSS is published.

use proptest::prelude::*;

use super::*;

fn module(text: &str) -> (String, Vec<String>) {
    let own = OwnCss::of_module(text, ".s-x", "/css");
    (own.css, own.findings.into_iter().map(|finding| finding.message).collect())
}

fn page(text: &str) -> (String, Vec<String>) {
    let own = OwnCss::of_page(text, "/css");
    (own.css, own.findings.into_iter().map(|finding| finding.message).collect())
}

#[test]
fn declarations_are_for_the_module_itself_and_rules_for_what_is_in_it() {
    let (css, findings) = module(
        "color: red;\nh2, h3 { color: blue; em { color: green } }\n&:hover > a { top: 0 }\n@media (width > 400px) { p { color: red } }",
    );
    assert_eq!(findings, Vec::<String>::new());
    for part in [".s-x {\n  color: red;", ".s-x h2", ".s-x:hover > a", "@media", ".s-x p"] {
        assert!(css.contains(part), "{part} in {css}");
    }
    assert!(!css.contains('&'), "{css}");
}

#[test]
fn a_broken_rule_is_left_out_with_its_line_and_the_others_stay() {
    let (css, findings) =
        module("color: red;\nh2 { color: blue }\nh3 {\n  top: 1px 2px;\n  colour: red }\nh4:: { top: 0 }");
    assert!(css.contains("red") && css.contains("#00f") && !css.contains("h4"), "{css} {findings:?}");
    assert!(findings.iter().any(|one| one.contains("line 3: \"top\"")), "{findings:?}");
    assert!(findings.iter().any(|one| one.contains("\"colour\"")), "{findings:?}");
    assert!(findings.iter().any(|one| one.starts_with("Line 6: ")), "{findings:?}");
    assert!(page("p { width: var(--x); --y: z; -webkit-box-orient: vertical }").1.is_empty());
    let (css, findings) = page("h1 { color: red }\n}\nh2 { color: blue }\nh3 { : }");
    assert!(css.contains("red"), "{css}");
    assert!(findings.iter().any(|one| one.starts_with("Line ")), "{findings:?}");
}

#[test]
fn nothing_leaves_its_module() {
    for text in [
        "} body { display: none } .a {",
        "} body { display: none",
        "body:has(&) { display: none }",
        "& + * { display: none }",
        "&:hover ~ p { display: none }",
        ":is(&, body) { display: none }",
        "body & { display: none }",
        "@media all { & + * { display: none } }",
        "& { & + p { display: none } }",
        "@keyframes spin { to { display: none } }",
        "@layer theme { p { display: none } }",
        "@scope (body) { p { display: none } }",
    ] {
        let (css, findings) = module(text);
        assert!(!css.contains("none"), "{text} became {css}");
        assert!(!findings.is_empty(), "{text}");
    }
    for text in
        ["& > a + b { top: 0 }", "p ~ p { top: 0 }", "&:has(+ p) { top: 0 }", "a { & + b { top: 0 } }"]
    {
        let (css, findings) = module(text);
        assert!(css.contains("top: 0") && findings.is_empty(), "{text} became {css} with {findings:?}");
    }
}

#[test]
fn nothing_is_fetched_from_elsewhere() {
    for value in [
        "url(https://evil.example/a.png)",
        "url(//evil.example/a.png)",
        "url('/\\\\evil.example')",
        "url(\"ht\\\ntps://evil.example\")",
        "url(/a.png)",
        "image-set(\"https://evil.example/a.png\" 1x)",
        "var(--x, url(https://evil.example))",
        "url(\\68 ttps://evil.example)",
        "url(HTTPS:evil.example)",
        "url(javascript:alert(1))",
    ] {
        for text in [format!("p {{ background: {value} }}"), format!("p {{ --x: {value} }}")] {
            for (css, findings) in [module(&text), page(&text)] {
                assert!(!css.contains("evil") && !css.contains("url"), "{text} became {css}");
                assert!(!findings.is_empty(), "{text}");
            }
        }
    }
    let (css, findings) = page(
        "@import 'a.css';\n@import url(https://evil.example);\n@namespace url(https://evil.example);\np { color: red }",
    );
    assert!(!css.contains("import") && !css.contains("evil") && css.contains("red"), "{css}");
    assert!(findings.len() >= 2, "{findings:?}");
    let (css, findings) =
        page("p { background: url(assets/a.png) } q { background: url(data:image/png;base64,iVBORw0KGgo=) }");
    assert!(css.contains("assets/a.png") && css.contains("data:image"), "{css} {findings:?}");
}

#[test]
fn the_style_element_cannot_be_ended() {
    for text in
        ["p::after { content: \"</style><script>alert(1)</script>\" }", "/*! </style> */ p { color: red }"]
    {
        for (css, _) in [module(text), page(text)] {
            assert!(!css.contains("</"), "{css}");
        }
    }
    let (css, findings) = page(&"{".repeat(40_000));
    assert!(css.is_empty() && findings.len() == 1);
    assert!(!page(&"p{}".repeat(30_000)).1.is_empty());
}

proptest! {
    #[test]
    fn whatever_is_written_stays_inside_and_at_home(text in r#"([a-z&*>+~:.,;{}()"'/\\@ \n-]|url\(|https://e|@media|</style|:is\(|:has\(|color:red;|/\*|\*/){0,40}"#) {
        let own = OwnCss::of_module(&text, ".s-x", "/css");
        prop_assert!(!own.css.contains("</") && !own.css.contains("https:"), "{}", own.css);
        let selectors = selectors_of(&own.css).map_err(TestCaseError::fail)?;
        prop_assert!(selectors.iter().all(|one| stays_inside(one, ".s-x")), "{}", own.css);
        let own = OwnCss::of_page(&text, "/css");
        prop_assert!(!own.css.contains("</") && !own.css.contains("https:") && !own.css.contains("@import"), "{}", own.css);
    }
}
