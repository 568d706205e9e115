// The colours of a template's sketch: those of its theme.
import type { Theme } from "@accid/api-client/types";

export function templateSketch(theme: Theme | undefined) {
  const token = (name: string, otherwise: string) => theme?.tokens[name] ?? otherwise;
  return {
    ground: token("color-background", "#ffffff"), surface: token("color-surface", "#eeeeee"), text: token("color-text", "#222222"), muted: token("color-muted", "#777777"),
    accent: token("color-accent", "#b45309"), deep: token("color-deep", "#333333"), line: token("color-line", "#dddddd"),
    // Seen at an eighth of its size.
    radius: Math.min(6, Number.parseFloat(token("radius", "0")) / 2 || 0),
  };
}
