// How the page would look in a list of search results, and as a card when somebody shares it.
import type { PageDocument, Project, Site } from "@accid/api-client/types";
import { useQuery } from "@tanstack/react-query";
import { queries } from "../../../shared/queries.ts";
import { useSession } from "../model/context.tsx";
import { addressOf, cut, titleInResults } from "./seo.ts";
import styles from "./Seo.module.css";
import { thumbnailOf } from "./thumbnail.ts";

export function SeoPreview({ page, project }: { page: PageDocument; project: Project }) {
  const path = useSession((state) => state.path);
  const photos = useQuery(queries.photos(project.slug)).data ?? [];
  const site = project.site as Site;
  const title = titleInResults(page, project);
  const description = (page.seo?.description ?? "").trim() || (site.description ?? "").trim();
  const address = addressOf(site.base_url ?? "", path);
  const picture = photos.find((photo) => photo.id === (page.seo?.image?.photo || site.social_image?.photo));
  const hidden = page.seo?.hidden === true || site.hidden === true;
  return (
    <div className={styles["previews"]}>
      <figure>
        <figcaption>In search results</figcaption>
        {hidden ? <p className={styles["hidden"]}>Search engines are asked to leave the page out.</p> : (
          <div className={styles["result"]} data-preview="result">
            <span className={styles["address"]}>{address}</span>
            <span className={styles["title"]}>{cut(title, 60)}</span>
            <span className={styles["words"]}>{description ? cut(description, 160) : "Without a description, search engines take some words from the page."}</span>
          </div>
        )}
      </figure>
      <figure>
        <figcaption>When somebody shares it</figcaption>
        <div className={styles["card"]} data-preview="card">
          {picture ? <img src={thumbnailOf(project.slug, picture)} alt="" /> : <span className={styles["noPicture"]}>No picture for cards yet</span>}
          <span className={styles["words"]}>{address.split(" › ")[0]}</span>
          <span className={styles["cardTitle"]}>{cut(title, 70)}</span>
          {description && <span className={styles["words"]}>{cut(description, 110)}</span>}
        </div>
      </figure>
      {picture && !site.base_url && <p className={styles["hidden"]}>Cards show a picture once the site has an address; see Site.</p>}
    </div>
  );
}
