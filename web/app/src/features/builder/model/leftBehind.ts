// Sends what closed tabs could not: whoever typed while ACCID was away and closed the window loses nothing, even when
// nobody opens that page again. Only where somebody else changed the same thing a person has to look.
import { ApiError, send } from "@accid/api-client/client";
import type { PageView } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { toast } from "../../../shared/announce.ts";
import { navigate, paths } from "../../../shared/router.tsx";
import { mergePages } from "./merge.ts";
import { diff, isEqual } from "./patch.ts";
import { pageOf } from "./session.ts";
import { toDocument } from "./tree.ts";
import { findUnsaved, forgetUnsaved, pagesLeftBehind, type Left } from "./unsaved.ts";

type Sent = "sent" | "nothing" | "ask";

async function sendOne(project: string, page: string, left: Left, view: PageView): Promise<Sent> {
  const theirs = toDocument(view as PageView & Record<string, unknown>);
  const forget = () => { if (left.isOwn) forgetUnsaved(project, page); else left.forget(); };
  if (isEqual(pageOf(left.draft), pageOf(left.base)) || isEqual(pageOf(left.draft), pageOf(theirs))) { forget(); return "nothing"; }
  const merged = mergePages(left.base, left.draft, theirs);
  if (merged.conflicts.length > 0) return "ask";
  const patch = diff(pageOf(theirs), pageOf(merged.result({})));
  if (patch.length > 0) await send<PageView>(urls.page(project, page), { method: "PATCH", body: patch, patch: true, ifMatch: view.etag });
  forget();
  return patch.length > 0 ? "sent" : "nothing";
}

async function sendPage(project: string, page: string) {
  const open = (slug: string) => ({ action: { title: "Open it", run: () => navigate(paths.builder(project, slug)) } });
  for (const left of await findUnsaved(project, page)) {
    try {
      const view = (await send<PageView>(urls.page(project, page))).data;
      const sent = await sendOne(project, page, left, view);
      if (sent === "sent") toast(`“${view.title}”: what waited in this browser is saved now.`, { tone: "success", ...open(view.slug) });
      if (sent === "ask") { toast(`“${view.title}” has changes of yours that were never sent, and somebody else changed the same. Open it to decide.`, { tone: "error", ...open(view.slug) }); return; }
    } catch (error) {
      // It is kept: away for now, or in the trash and back one day.
      if (!(error instanceof ApiError) || error.status !== 404) return;
    }
  }
}

/** Sends all that is left, page by page. One window does it at a time; the page that is open is left to its own session. */
export async function sendLeftBehind(openPage: string | null) {
  const work = async () => {
    for (const { project, page } of await pagesLeftBehind()) if (page !== openPage) await sendPage(project, page);
  };
  if (!navigator.locks) { await work(); return; }
  await navigator.locks.request("accid.left-behind", { ifAvailable: true }, (lock) => (lock ? work() : undefined));
}
