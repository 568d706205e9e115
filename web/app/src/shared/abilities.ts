// What a person may do. The one list of what the studio offers, each with the permission the server asks for it:
// places, buttons, menu entries and commands all follow from here.
import { request } from "@accid/api-client/client";
import type { Me } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { create } from "zustand";

export type Permission = "read" | "write" | "publish" | "administer";
interface Offer { needs: Permission; /** The operation behind it, whose description names the same permission. */ operation: string }

export const offers = {
  "see-projects": { needs: "read", operation: "GET /api/v1/projects" },
  "see-trash": { needs: "read", operation: "GET /api/v1/trash" },
  "see-settings": { needs: "read", operation: "GET /api/v1/settings" },
  "see-system": { needs: "read", operation: "GET /api/v1/system/disk" },
  "see-backup": { needs: "read", operation: "GET /api/v1/backup" },
  "set-backup": { needs: "administer", operation: "PUT /api/v1/backup" },
  "run-backup": { needs: "administer", operation: "POST /api/v1/backup/run" },
  "restore-backup": { needs: "administer", operation: "POST /api/v1/backup/restore" },
  "see-log": { needs: "administer", operation: "GET /api/v1/system/log" },
  "clean-up": { needs: "administer", operation: "POST /api/v1/system/clean-up" },
  "see-history": { needs: "read", operation: "GET /api/v1/projects/{id}/time-machine/snapshots" },
  "create-project": { needs: "write", operation: "POST /api/v1/projects" },
  "rename-project": { needs: "write", operation: "PUT /api/v1/projects/{id}" },
  "duplicate-project": { needs: "write", operation: "POST /api/v1/projects/{id}/duplicate" },
  "remove-project": { needs: "write", operation: "DELETE /api/v1/projects/{id}" },
  "set-build": { needs: "administer", operation: "PUT /api/v1/projects/{id}/build-command" },
  "approve-build": { needs: "administer", operation: "POST /api/v1/projects/{id}/build-command/approve" },
  "build": { needs: "publish", operation: "POST /api/v1/projects/{id}/build" },
  "open-folder": { needs: "administer", operation: "POST /api/v1/opened-folders" },
  "find-folder": { needs: "administer", operation: "POST /api/v1/opened-folders/{id}/find" },
  "close-folder": { needs: "administer", operation: "DELETE /api/v1/opened-folders/{id}" },
  "move-project": { needs: "administer", operation: "POST /api/v1/projects/{id}/move" },
  "restore-from-trash": { needs: "write", operation: "POST /api/v1/projects/{id}/restore" },
  "empty-trash": { needs: "administer", operation: "DELETE /api/v1/trash/empty" },
  "save-zip": { needs: "administer", operation: "POST /api/v1/projects/{id}/zip" },
  "take-zip": { needs: "administer", operation: "POST /api/v1/import/project-zip" },
  "edit-photos": { needs: "write", operation: "PUT /api/v1/gallery/{id}/photos" },
  "export-story": { needs: "publish", operation: "GET /api/v1/gallery/{id}/export" },
  "edit-pages": { needs: "write", operation: "PATCH /api/v1/projects/{id}/pages/{pid}" },
  "name-version": { needs: "write", operation: "POST /api/v1/projects/{id}/time-machine/snapshot" },
  "keep-history": { needs: "administer", operation: "PUT /api/v1/projects/{id}/time-machine/retention" },
  "restore-version": { needs: "write", operation: "POST /api/v1/projects/{id}/time-machine/restore" },
  "publish": { needs: "publish", operation: "POST /api/v1/projects/{id}/publish/{env}" },
  "export": { needs: "publish", operation: "POST /api/v1/html-builder/{id}/export-static" },
  "set-environment": { needs: "administer", operation: "PUT /api/v1/projects/{id}/environments/{env}" },
  "roll-back": { needs: "publish", operation: "POST /api/v1/projects/{id}/rollback/{env}" },
  "accept-pin": { needs: "administer", operation: "PUT /api/v1/projects/{id}/environments/{env}/pin" },
  "unlock-credentials": { needs: "administer", operation: "POST /api/v1/vault/credentials/unlock" },
  "protect-credentials": { needs: "administer", operation: "PUT /api/v1/vault/credentials/protection" },
  "save-settings": { needs: "administer", operation: "PUT /api/v1/settings" },
  "set-service-key": { needs: "administer", operation: "PUT /api/v1/services/{service}" },
  "connect-service": { needs: "administer", operation: "GET /auth/dropbox/start/{project}" },
  "forget-service": { needs: "administer", operation: "DELETE /api/v1/services/{service}" },
  "retry-service": { needs: "read", operation: "POST /api/v1/services/{service}/retry" },
  "import-from-dropbox": { needs: "write", operation: "POST /api/v1/projects/{id}/dropbox/import" },
  "send-to-dropbox": { needs: "publish", operation: "POST /api/v1/projects/{id}/dropbox/upload" },
  "host-picture": { needs: "publish", operation: "POST /api/v1/images/upload-imgbb" },
  "connect-vault": { needs: "administer", operation: "PUT /api/v1/system/vault" },
  "pair-tool": { needs: "administer", operation: "POST /api/v1/vault/pairings" },
  "repair": { needs: "administer", operation: "POST /api/v1/validation/repair" },
} as const satisfies Record<string, Offer>;

export type Ability = keyof typeof offers;

/** Commands that not everybody may run, by their ids. */
const commandNeeds: Record<string, Ability> = {
  "new-project": "create-project", "open-folder": "open-folder", "take-zip": "take-zip", "trash": "see-trash", "settings": "see-settings", "system": "see-system", "backup": "see-backup",
  "snapshot": "name-version", "history": "see-history", "publish": "publish", "export": "export",
  "hide-photos": "edit-photos", "by-time": "edit-photos", "privacy": "edit-photos", "watch": "edit-photos",
};

// The person at the machine, until the server says otherwise: it refuses what is not allowed anyhow.
const owner: Me = { name: "owner", may: ["read", "write", "publish", "administer"] };
export const useMe = create<Me>(() => owner);

/** Asks who one is; an ACCID that does not answer is told of where its answer is missed. */
export async function loadMe() {
  const me = await request<Me>(urls.me).catch(() => owner);
  useMe.setState({ name: me.name, may: me.may });
}

export const mayDo = (ability: Ability, me: Me = useMe.getState()) => me.may.includes(offers[ability].needs);

/** `const may = useMay(); may("publish")`. */
export function useMay(): (ability: Ability) => boolean {
  const me = useMe();
  return (ability) => mayDo(ability, me);
}

/** Those of the entries that one may use; an entry without an ability is for everybody. */
export const allowed = <Entry extends { ability?: Ability }>(entries: Entry[], me: Me = useMe.getState()) =>
  entries.filter((entry) => entry.ability === undefined || mayDo(entry.ability, me));

/** Those of the commands that one may run. */
export const allowedCommands = <Entry extends { id: string }>(commands: Entry[], me: Me = useMe.getState()) =>
  commands.filter(({ id }) => { const ability = commandNeeds[id]; return ability === undefined || mayDo(ability, me); });
