// JSON patches (RFC 6902): the difference of two documents, its application, and its inverse. Pure; inputs stay as
// they are, and what a patch does not touch is shared between the old document and the new one.
import type { Json, JsonObject, PatchOperation } from "@accid/api-client/types";
import { isEqual, isObject } from "../../../shared/equal.ts";

export { isEqual };

const escape = (key: string | number) => String(key).replace(/~/g, "~0").replace(/\//g, "~1");
const unescape = (key: string) => key.replace(/~1/g, "/").replace(/~0/g, "~");
export const splitPointer = (pointer: string) => (pointer === "" ? [] : pointer.slice(1).split("/").map(unescape));
export const joinPointer = (...parts: (string | number)[]) => parts.map((part) => `/${escape(part)}`).join("");

/** Items that have an identity are followed when they move; all others are compared by place. */
const identityOf = (item: Json): string | null => (isObject(item) && typeof item["id"] === "string" ? item["id"] : null);

function identities(list: Json[]): string[] | null {
  const ids = list.map(identityOf);
  return ids.every((id) => id !== null) && new Set(ids).size === ids.length ? (ids as string[]) : null;
}

function diffById(before: Json[], after: Json[], from: string[], to: string[], path: string, out: PatchOperation[]) {
  if (from.length === to.length && from.every((id, index) => id === to[index])) {
    after.forEach((item, index) => diffInto(before[index] as Json, item, `${path}/${index}`, out));
    return;
  }
  const now: Json[] = [...before];
  const order = [...from];
  const kept = new Set(to);
  for (let index = order.length - 1; index >= 0; index -= 1) {
    if (kept.has(order[index] as string)) continue;
    out.push({ op: "remove", path: `${path}/${index}` });
    order.splice(index, 1);
    now.splice(index, 1);
  }
  to.forEach((id, index) => {
    const at = order.indexOf(id);
    const wanted = after[index] as Json;
    if (at === -1) {
      out.push({ op: "add", path: `${path}/${index}`, value: wanted });
      order.splice(index, 0, id);
      now.splice(index, 0, wanted);
      return;
    }
    if (at !== index) {
      out.push({ op: "move", from: `${path}/${at}`, path: `${path}/${index}` });
      order.splice(index, 0, ...order.splice(at, 1));
      now.splice(index, 0, ...now.splice(at, 1));
    }
    diffInto(now[index] as Json, wanted, `${path}/${index}`, out);
  });
}

function diffByPlace(before: Json[], after: Json[], path: string, out: PatchOperation[]) {
  let start = 0;
  while (start < before.length && start < after.length && isEqual(before[start], after[start])) start += 1;
  let tail = 0;
  while (tail < before.length - start && tail < after.length - start && isEqual(before[before.length - 1 - tail], after[after.length - 1 - tail])) tail += 1;
  const olds = before.length - start - tail;
  const news = after.length - start - tail;
  const common = Math.min(olds, news);
  for (let index = start; index < start + common; index += 1) diffInto(before[index] as Json, after[index] as Json, `${path}/${index}`, out);
  for (let index = start + olds - 1; index >= start + common; index -= 1) out.push({ op: "remove", path: `${path}/${index}` });
  for (let index = start + common; index < start + news; index += 1) out.push({ op: "add", path: `${path}/${index}`, value: after[index] as Json });
}

function diffInto(before: Json, after: Json, path: string, out: PatchOperation[]) {
  if (before === after) return;
  if (Array.isArray(before) && Array.isArray(after)) {
    const from = identities(before);
    const to = identities(after);
    if (from && to) diffById(before, after, from, to, path, out);
    else diffByPlace(before, after, path, out);
  } else if (isObject(before) && isObject(after)) {
    for (const key of Object.keys(before)) {
      if (!Object.hasOwn(after, key)) out.push({ op: "remove", path: `${path}/${escape(key)}` });
    }
    for (const [key, value] of Object.entries(after)) {
      const inner = `${path}/${escape(key)}`;
      if (Object.hasOwn(before, key)) diffInto(before[key] as Json, value, inner, out);
      else out.push({ op: "add", path: inner, value });
    }
  } else if (!isEqual(before, after)) {
    out.push({ op: "replace", path, value: after });
  }
}

/** The same document as `next`; what is equal in `known` is the very object that is there. So comparing the two stays cheap. */
export function share(next: Json, known: Json | undefined): Json {
  if (next === known) return next;
  if (Array.isArray(next)) {
    if (!Array.isArray(known)) return next;
    const byId = new Map(known.map((item) => [identityOf(item), item]));
    const shared = next.map((item, index) => share(item, byId.get(identityOf(item) ?? "") ?? known[index]));
    return shared.length === known.length && shared.every((item, index) => item === known[index]) ? known : shared;
  }
  if (!isObject(next) || !isObject(known)) return next;
  const names = Object.keys(next);
  const shared: JsonObject = {};
  for (const name of names) put(shared, name, share(next[name] as Json, Object.hasOwn(known, name) ? known[name] : undefined));
  return names.length === Object.keys(known).length && names.every((name) => Object.hasOwn(known, name) && shared[name] === known[name]) ? known : shared;
}

/** The operations that turn `before` into `after`; none when they are equal. */
export function diff(before: Json, after: Json): PatchOperation[] {
  const out: PatchOperation[] = [];
  diffInto(before, after, "", out);
  return out;
}

export class PatchError extends Error {}

function readAt(document: Json, parts: string[]): Json {
  return parts.reduce<Json>((at, part) => {
    const next = Array.isArray(at) ? at[Number(part)] : isObject(at) && Object.hasOwn(at, part) ? at[part] : undefined;
    if (next === undefined) throw new PatchError(`There is nothing at ${joinPointer(...parts)}.`);
    return next;
  }, document);
}

/** Sets a field of its own, whatever its name: a plain assignment to `__proto__` would not. */
function put(container: JsonObject, key: string, value: Json) {
  Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
}

/** A copy of the document in which the container at `parts` was changed. */
function changeAt(document: Json, parts: string[], change: (container: Json[] | JsonObject) => void): Json {
  const [part, ...rest] = parts;
  if (!Array.isArray(document) && !isObject(document)) throw new PatchError("The path leads through a plain value.");
  const copy = Array.isArray(document) ? [...document] : { ...document };
  if (part === undefined) change(copy);
  else if (Array.isArray(copy)) copy[Number(part)] = changeAt(readAt(copy, [part]), rest, change);
  else put(copy, part, changeAt(readAt(copy, [part]), rest, change));
  return copy;
}

function indexIn(list: Json[], key: string, longest: number): number {
  const index = key === "-" ? list.length : Number(key);
  if (!Number.isInteger(index) || index < 0 || index > longest) throw new PatchError(`There is no place ${key} in the list.`);
  return index;
}

function setAt(document: Json, path: string, value: Json, isNew: boolean): Json {
  const parts = splitPointer(path);
  const key = parts.pop();
  if (key === undefined) return value;
  return changeAt(document, parts, (container) => {
    if (Array.isArray(container)) container.splice(indexIn(container, key, container.length - (isNew ? 0 : 1)), isNew ? 0 : 1, value);
    else if (!isNew && !Object.hasOwn(container, key)) throw new PatchError(`There is nothing at ${path}.`);
    else put(container, key, value);
  });
}

function removeAt(document: Json, path: string): Json {
  const parts = splitPointer(path);
  const key = parts.pop();
  if (key === undefined) return null;
  return changeAt(document, parts, (container) => {
    if (Array.isArray(container)) container.splice(indexIn(container, key, container.length - 1), 1);
    else if (!Object.hasOwn(container, key)) throw new PatchError(`There is nothing at ${path}.`);
    else delete container[key];
  });
}

export function applyPatch(document: Json, patch: PatchOperation[]): Json {
  return patch.reduce<Json>((now, operation) => {
    switch (operation.op) {
      case "add": return setAt(now, operation.path, operation.value, true);
      case "replace": return setAt(now, operation.path, operation.value, false);
      case "remove": return removeAt(now, operation.path);
      case "copy": return setAt(now, operation.path, readAt(now, splitPointer(operation.from)), true);
      case "move": {
        const value = readAt(now, splitPointer(operation.from));
        return setAt(removeAt(now, operation.from), operation.path, value, true);
      }
      case "test":
        if (!isEqual(readAt(now, splitPointer(operation.path)), operation.value)) throw new PatchError(`${operation.path} is not what it was.`);
        return now;
    }
  }, document);
}

/** Sets the value at a path, whether or not there was one. */
export function writeAt(document: Json, path: string, value: Json): Json {
  try {
    return setAt(document, path, value, false);
  } catch {
    return setAt(document, path, value, true);
  }
}
