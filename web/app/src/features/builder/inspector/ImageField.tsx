// A picture of the project: shown, chosen, described, and which point of it stays in sight.
import type { Json, JsonObject, JsonSchema, Photo } from "@accid/api-client/types";
import { Button } from "@accid/ui/Button";
import { HelpText, SwitchField, TextArea } from "@accid/ui/Field";
import { useQuery } from "@tanstack/react-query";
import { ImageOff, ImagePlus } from "lucide-react";
import { useState } from "react";
import { queries } from "../../../shared/queries.ts";
import { useSession } from "../model/context.tsx";
import { FocusPicker } from "./FocusPicker.tsx";
import { isMiddle, middle, pointOf, type Point } from "./focus.ts";
import styles from "./Inspector.module.css";
import { PhotoPicker } from "./PhotoPicker.tsx";
import { thumbnailOf } from "./thumbnail.ts";

interface Props {
  label: string; help?: string | undefined; image: JsonObject;
  /** The fields of the image beside the photo itself. */
  fields?: [string, JsonSchema][];
  onChange: (image: JsonObject & { photo: string }) => void;
}

const text = (value: Json | undefined) => (typeof value === "string" ? value : "");

/** Without what says no more than leaving it out. */
function tidied({ decorative, focus, ...rest }: JsonObject & { photo: string }): JsonObject & { photo: string } {
  return { ...rest, ...(decorative === true ? { decorative } : {}), ...(focus ? { focus } : {}) };
}

function altHelp(alt: string, photo: Photo | undefined): string {
  if (alt) return "Read to people who do not see the picture.";
  if (photo?.alt) return `Empty: what the picture itself says is read, “${photo.alt}”`;
  if (photo?.decorative) return "The picture counts as mere decoration; a description here overrides that.";
  return "Please say what the picture shows, for people who do not see it.";
}

export function ImageField({ label, help, image, fields = [], onChange }: Props) {
  const project = useSession((state) => state.project);
  const photos = useQuery(queries.photos(project)).data;
  const [picking, setPicking] = useState(false);
  const id = text(image["photo"]);
  const photo = photos?.find((one) => one.id === id);
  const alt = text(image["alt"]);
  const isDecorative = image["decorative"] === true;
  const has = (editor: string) => fields.some(([, field]) => field["x-accid-editor"] === editor);
  const hasAlt = fields.some(([name]) => name === "alt");
  const write = (part: JsonObject) => onChange(tidied({ ...image, photo: id, ...part }));
  const inherited: Point = photo?.focus ?? middle;
  const setFocus = (point: Point) => write({ focus: isMiddle(point) && isMiddle(inherited) ? null : { x: point.x, y: point.y } });
  return (
    <fieldset className={styles["group"]}>
      <legend>{label}</legend>
      {help && <p className={styles["help"]}><HelpText text={help} /></p>}
      <div className={styles["image"]}>
        {photo ? <img src={thumbnailOf(project, photo)} alt={photo.alt || photo.filename} /> : <span className={styles["noImage"]}><ImageOff aria-hidden="true" /></span>}
        <div>
          <p className={styles["fileName"]}>{photo ? photo.filename : id ? "This picture is not in the project any more." : "No picture chosen yet."}</p>
          <div className={styles["row"]}>
            <Button icon={<ImagePlus />} onClick={() => setPicking(true)} aria-label={`${photo ? "Change" : "Choose"} picture: ${label}`}>{photo ? "Change" : "Choose"}</Button>
            {id && <Button kind="ghost" onClick={() => onChange(tidied({ ...image, photo: "", focus: null }))} aria-label={`Take away picture: ${label}`}>Take away</Button>}
          </div>
        </div>
      </div>
      {hasAlt && id && !isDecorative && <TextArea label="Description of the picture" rows={2} value={alt} onChange={(event) => write({ alt: event.target.value })} help={altHelp(alt, photo)} />}
      {has("decorative") && id && <SwitchField label="Mere decoration here" help="Nobody has to be told about it." checked={isDecorative} onChange={(decorative) => write({ decorative })} />}
      {has("focus") && photo && (
        <details className={styles["more"]}>
          <summary>What stays in sight</summary>
          <FocusPicker source={thumbnailOf(project, photo)} value={pointOf(image["focus"]) ?? inherited} onChange={setFocus} />
        </details>
      )}
      {picking && <PhotoPicker project={project} chosen={id} asksAlt={hasAlt} onClose={() => setPicking(false)}
        // Another picture has its own words and its own point.
        onChoose={(next) => { setPicking(false); onChange(tidied({ ...image, photo: next.id, ...(next.id === id ? {} : { ...(hasAlt ? { alt: "" } : {}), decorative: false, focus: null }) })); }} />}
    </fieldset>
  );
}
