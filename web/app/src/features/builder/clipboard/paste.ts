// Turns what lies on the clipboard into modules. Foreign content is read by converters that are only fetched when somebody
// pastes it.
import type { Json, ModuleDocument, ModuleType } from "@accid/api-client/types";
import { newId } from "../model/tree.ts";
import { clipInHtml, ownType, readClip, type Clip } from "./format.ts";
import type { Piece } from "./html.ts";

/** What was found on a clipboard, whatever way it was read. */
export interface Found { own: string; html: string; text: string; files: File[] }

export function foundIn(data: DataTransfer): Found {
  const files = [...data.files].filter((file) => file.type.startsWith("image/"));
  return { own: data.getData(ownType), html: data.getData("text/html"), text: data.getData("text/plain"), files };
}

export type Pasted =
  | { kind: "clip"; clip: Clip }
  | { kind: "pieces"; pieces: Piece[] }
  | { kind: "files"; files: File[] }
  | { kind: "address"; address: string }
  | { kind: "nothing" };

/** What a person means by pasting it. */
export async function understand({ own, html, text, files }: Found): Promise<Pasted> {
  const clip = (own ? readClip(own) : null) ?? (html ? clipInHtml(html) : null);
  if (clip) return { kind: "clip", clip };
  const { addressIn, isMarkdown, markdownToRich, plainToRich } = await import("./markdown.ts");
  const address = addressIn(text);
  if (address) return { kind: "address", address };
  // A program that copies a picture often adds HTML that only names it.
  if (files.length > 0 && !text.trim()) return { kind: "files", files };
  if (html.trim()) {
    const { piecesOf } = await import("./html.ts");
    const pieces = piecesOf(html);
    const isBare = pieces.length === 1 && pieces[0]?.kind === "text" && !/<(h[1-6]|ul|ol|li|blockquote|strong|b|em|i|a|img|pre|code)\b/i.test(html);
    if (pieces.length > 0 && !(isBare && isMarkdown(text))) return { kind: "pieces", pieces };
  }
  if (files.length > 0) return { kind: "files", files };
  if (!text.trim()) return { kind: "nothing" };
  return { kind: "pieces", pieces: [{ kind: "text", doc: isMarkdown(text) ? markdownToRich(text) : plainToRich(text) }] };
}

const made = (types: ModuleType[], kind: string, props: Record<string, Json>): ModuleDocument[] => {
  const type = types.find((one) => one.type === kind);
  return type ? [{ id: newId(), type: kind, version: type.version, props }] : [];
};

export const textModule = (types: ModuleType[], doc: Json) => made(types, "text", { doc });
export const imageModule = (types: ModuleType[], photo: string, alt: string) => made(types, "image", { image: { photo, alt } });

/** A card that leads to an address; its title is the name one would read there. */
export function linkModule(types: ModuleType[], address: string): ModuleDocument[] {
  let title = address;
  try {
    const url = new URL(address);
    if (url.host) title = `${url.host.replace(/^www\./, "")}${url.pathname === "/" ? "" : decodeURI(url.pathname)}`;
    else title = url.pathname;
  } catch { /* It is shown as it was pasted. */ }
  return made(types, "link", { title: title.slice(0, 120), text: "", url: address, image: { photo: "", alt: "" } });
}
