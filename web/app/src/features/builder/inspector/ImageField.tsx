// A picture of the project: shown, chosen, described.
import type { JsonObject } from "@accid/api-client/types";
import { Button } from "@accid/ui/Button";
import { HelpText, TextArea } from "@accid/ui/Field";
import { useQuery } from "@tanstack/react-query";
import { ImageOff, ImagePlus } from "lucide-react";
import { useState } from "react";
import { queries } from "../../../shared/queries.ts";
import { useSession } from "../model/context.tsx";
import styles from "./Inspector.module.css";
import { PhotoPicker } from "./PhotoPicker.tsx";
import { thumbnailOf } from "./thumbnail.ts";

interface Props { label: string; help?: string | undefined; image: JsonObject; hasAlt?: boolean; onChange: (image: JsonObject & { photo: string }) => void }

export function ImageField({ label, help, image, hasAlt = false, onChange }: Props) {
  const project = useSession((state) => state.project);
  const photos = useQuery(queries.photos(project)).data;
  const [picking, setPicking] = useState(false);
  const id = typeof image["photo"] === "string" ? image["photo"] : "";
  const photo = photos?.find((one) => one.id === id);
  const alt = typeof image["alt"] === "string" ? image["alt"] : "";
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
            {id && <Button kind="ghost" onClick={() => onChange({ ...image, photo: "" })} aria-label={`Take away picture: ${label}`}>Take away</Button>}
          </div>
        </div>
      </div>
      {hasAlt && id && (
        <TextArea label="Description of the picture" rows={2} value={alt} onChange={(event) => onChange({ ...image, photo: id, alt: event.target.value })}
          help={alt ? "Read to people who do not see the picture." : "Please say what the picture shows, for people who do not see it. Empty only for mere decoration."} />
      )}
      {picking && <PhotoPicker project={project} chosen={id} asksAlt={hasAlt} onClose={() => setPicking(false)}
        onChoose={(next, described) => { setPicking(false); onChange({ ...image, photo: next.id, ...(hasAlt ? { alt: described ?? (alt || next.alt || "") } : {}) }); }} />}
    </fieldset>
  );
}
