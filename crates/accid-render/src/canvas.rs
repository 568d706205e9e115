//! What the studio's canvas gets beyond the export: marks and one helper script. Must not know: modules.

use crate::html::Html;

/// Makes links and forms inert and loads pictures at once. It listens to nothing else; the studio does the rest from
/// outside.
const HELPER: &str = "\
addEventListener('click',e=>{if(e.target.closest&&e.target.closest('a[href]'))e.preventDefault()},true);\
addEventListener('submit',e=>e.preventDefault(),true);\
document.querySelectorAll('img[loading]').forEach(i=>{i.loading='eager'});";

const OPENING: &str = "<script data-accid-helper";

/// Writes the helper.
pub(crate) fn write_helper(html: &mut Html, nonce: &str) {
    let mut attribute = String::new();
    crate::html::escape(nonce, &mut attribute);
    html.trusted(&format!("{OPENING} nonce=\"{attribute}\">{HELPER}</script>"));
}

/// Takes away what the canvas added: every `data-accid-…` attribute and the helper script. What is left equals the
/// export byte for byte.
pub fn strip_canvas(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("data-accid-") {
        let (before, found) = rest.split_at(at);
        if let Some(kept) = before.strip_suffix("<script ").filter(|_| found.starts_with("data-accid-helper"))
        {
            out.push_str(kept);
            rest = found.split_once("</script>").map_or("", |(_, after)| after);
        } else if let (Some(kept), Some(after)) = (before.strip_suffix(' '), after_attribute(found)) {
            out.push_str(kept);
            rest = after;
        } else {
            let (name, after) = found.split_at("data-accid-".len());
            out.push_str(before);
            out.push_str(name);
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// What follows `data-accid-name="value"`, if `text` begins with that.
fn after_attribute(text: &str) -> Option<&str> {
    let end = text.find(|character: char| !(character.is_ascii_lowercase() || character == '-'))?;
    let value = text[end..].strip_prefix("=\"")?;
    value.split_once('"').map(|(_, after)| after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_helper_go_and_text_that_speaks_of_them_stays() {
        let mut canvas = Html::new(true);
        canvas
            .open("p")
            .mark_module("a")
            .class("m")
            .text(" data-accid-id=\"x\" <script data-accid-helper")
            .close();
        write_helper(&mut canvas, "abc\"");
        let mut export = Html::new(false);
        export.open("p").class("m").text(" data-accid-id=\"x\" <script data-accid-helper").close();
        let export = export.finish();
        assert_eq!(strip_canvas(&canvas.finish()), export);
        assert_eq!(strip_canvas(&export), export);
    }
}
