//! imgBB's one call. Must not know who calls.

use serde_json::json;

use super::{Asked, CloudHost, Said, State, fields};

pub(crate) fn upload(state: &mut State, asked: &Asked) -> Said {
    let refused = |status: u16, message: &str| {
        Said::json(
            status,
            &json!({ "status_code": status, "error": { "message": message, "code": 100, "context": "Exception" }, "status_txt": "Bad Request" }),
        )
    };
    if fields(&asked.query).get("key").map(String::as_str) != Some(CloudHost::IMGBB_KEY) {
        return refused(400, "Invalid API v1 key.");
    }
    let boundary = asked.headers.get("content-type").and_then(|kind| kind.split_once("boundary="));
    let Some((_, boundary)) = boundary else { return refused(400, "Empty upload source.") };
    let position = |words: &[u8], from: usize| {
        asked.body[from..].windows(words.len()).position(|window| window == words).map(|at| at + from)
    };
    let begin = position(b"name=\"image\"", 0).and_then(|at| position(b"\r\n\r\n", at)).map(|at| at + 4);
    let end = begin.and_then(|begin| position(format!("\r\n--{boundary}").as_bytes(), begin));
    let (Some(begin), Some(end)) = (begin, end) else { return refused(400, "Empty upload source.") };
    let picture = asked.body[begin..end].to_vec();
    let size = picture.len();
    state.images.push(picture);
    let number = state.images.len();
    let at = |host: &str| format!("https://{host}/p{number}/boat.jpg");
    Said::json(
        200,
        &json!({
            "data": {
                "id": format!("p{number}"), "title": "boat", "url_viewer": format!("https://ibb.co/p{number}"),
                "url": at("i.ibb.co"), "display_url": at("i.ibb.co"), "width": "64", "height": 48, "size": size,
                "time": 1_552_042_565, "expiration": 0, "thumb": { "url": at("t.ibb.co") },
                "delete_url": format!("https://ibb.co/p{number}/670a7e48ddcb85ac"),
            },
            "success": true, "status": 200,
        }),
    )
}
