// The picture of each kind of module; a kind that is new to the studio gets a plain block.
import {
  Blocks, Columns3, Image, Images, MapPin, Menu, PanelTop, RectangleEllipsis, SquareArrowOutUpRight, SquareDashed, SquareTerminal,
  TextCursorInput, Type, type LucideIcon,
} from "lucide-react";
import { createElement } from "react";

const byKind: Record<string, LucideIcon> = {
  hero: PanelTop, text: Type, button: RectangleEllipsis, image: Image, gallery: Images, form: TextCursorInput, section: SquareDashed,
  row: Columns3, navigation: Menu, "waypoint-image": MapPin, "code-screenshot": SquareTerminal, link: SquareArrowOutUpRight,
};

export const KindIcon = ({ kind }: { kind: string }) => createElement(byKind[kind] ?? Blocks, { "aria-hidden": true });
