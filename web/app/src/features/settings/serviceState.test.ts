// How a service stands, in a word.
import type { Service } from "@accid/api-client/types";
import { describe, expect, it } from "vitest";
import { stateOf } from "./serviceState.ts";

const service = (part: Partial<Service>): Service => ({ service: "dropbox", title: "Dropbox", ready: true, from_environment: false, connected: true, signed_out: false, own: false, breaker: "closed", message: "", ...part });

describe("a service", () => {
  it("is connected, or only has a key that nobody checked", () => {
    expect(stateOf(service({}))).toMatchObject({ tone: "success", word: "Connected" });
    expect(stateOf(service({ service: "imgbb" }))).toMatchObject({ tone: "plain", word: "Key kept" });
  });

  it("that says why it is not connected, or whose sign-in does not hold, is in trouble", () => {
    expect(stateOf(service({ connected: false, message: "You said no." }))).toEqual({ tone: "plain", word: "Not connected", isTrouble: true, message: "You said no." });
    expect(stateOf(service({ signed_out: true }))).toMatchObject({ tone: "accent", word: "Sign-in no longer holds", isTrouble: true, message: "Dropbox does not accept what it was signed in with. Connect it again." });
  });

  it("that does not answer comes back by itself", () => {
    expect(stateOf(service({ breaker: "open", message: "It rests." }))).toMatchObject({ word: "Not answering", isTrouble: false, message: "It rests." });
  });
});
