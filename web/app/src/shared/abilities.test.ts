// What is offered to whom, and that the server means the same.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { allowed, allowedCommands, mayDo, offers, type Ability } from "./abilities.ts";

const viewer = { name: "Ada", may: ["read"] };
const maintainer = { name: "Bo", may: ["read", "write", "publish"] };
const owner = { name: "owner", may: ["read", "write", "publish", "administer"] };
const all = Object.keys(offers) as Ability[];

describe("abilities", () => {
  it("are those that the server asks for", () => {
    const api = JSON.parse(readFileSync("../openapi.json", "utf8")) as { paths: Record<string, Record<string, { "x-accid-permission"?: string }>> };
    for (const ability of all) {
      const [method = "", path = ""] = offers[ability].operation.split(" ");
      expect([ability, api.paths[path]?.[method.toLowerCase()]?.["x-accid-permission"]]).toEqual([ability, offers[ability].needs]);
    }
  });

  it("let a viewer only look, a maintainer work, the owner do everything", () => {
    expect(all.filter((ability) => mayDo(ability, viewer))).toEqual(["see-projects", "see-trash", "see-settings", "see-system", "see-backup", "see-history", "retry-service"]);
    expect(all.filter((ability) => !mayDo(ability, maintainer))).toEqual(["set-backup", "run-backup", "restore-backup", "see-log", "clean-up", "set-build", "approve-build", "open-folder", "find-folder", "close-folder", "move-project", "empty-trash", "save-zip", "take-zip", "keep-history", "set-environment", "accept-pin", "unlock-credentials", "protect-credentials", "save-settings", "set-service-key", "connect-service", "forget-service", "connect-vault", "pair-tool", "repair"]);
    expect(all.filter((ability) => !mayDo(ability, owner))).toEqual([]);
  });

  it("leave of menus and commands what one may use", () => {
    const entries: { title: string; ability?: Ability }[] = [{ title: "Open" }, { title: "Rename", ability: "rename-project" }, { title: "Empty", ability: "empty-trash" }];
    expect(allowed(entries, viewer).map((entry) => entry.title)).toEqual(["Open"]);
    expect(allowed(entries, maintainer).map((entry) => entry.title)).toEqual(["Open", "Rename"]);
    const commands = ["palette", "new-project", "history", "snapshot", "publish"].map((id) => ({ id }));
    expect(allowedCommands(commands, viewer).map(({ id }) => id)).toEqual(["palette", "history"]);
    expect(allowedCommands(commands, owner)).toHaveLength(commands.length);
  });
});
