//! The few words a page says by itself, in the page's language. Must not know where they are shown.

/// Words of one language.
pub(crate) struct Strings {
    pub skip: &'static str,
    pub menu: &'static str,
    pub navigation: &'static str,
    pub more: &'static str,
    pub more_links: &'static str,
    pub form_unconnected: &'static str,
    pub required: &'static str,
    pub choose: &'static str,
    pub leave_empty: &'static str,
    pub enlarge: &'static str,
    pub close: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub places: &'static str,
    pub not_found: &'static str,
    pub not_found_text: &'static str,
    pub home: &'static str,
    pub pictures: &'static str,
}

const ENGLISH: Strings = Strings {
    skip: "Skip to content",
    menu: "Menu",
    navigation: "Main",
    more: "More pages under",
    more_links: "More links",
    form_unconnected: "This form is not connected yet, so it cannot be sent.",
    required: "required",
    choose: "Please choose",
    leave_empty: "Leave this field empty",
    enlarge: "Enlarge picture",
    close: "Close",
    previous: "Previous picture",
    next: "Next picture",
    places: "Places in this picture",
    not_found: "Page not found",
    not_found_text: "There is nothing at this address. It may have moved, or the link has a mistake.",
    home: "To the start page",
    pictures: "Pictures",
};

const GERMAN: Strings = Strings {
    skip: "Zum Inhalt springen",
    menu: "Menü",
    navigation: "Hauptmenü",
    more: "Weitere Seiten unter",
    more_links: "Weitere Links",
    form_unconnected: "Dieses Formular ist noch nicht verbunden und kann nicht abgeschickt werden.",
    required: "Pflichtfeld",
    choose: "Bitte wählen",
    leave_empty: "Dieses Feld leer lassen",
    enlarge: "Bild vergrößern",
    close: "Schließen",
    previous: "Voriges Bild",
    next: "Nächstes Bild",
    places: "Orte auf diesem Bild",
    not_found: "Seite nicht gefunden",
    not_found_text: "Unter dieser Adresse gibt es nichts. Die Seite ist umgezogen, oder der Link hat einen Fehler.",
    home: "Zur Startseite",
    pictures: "Bilder",
};

const FRENCH: Strings = Strings {
    skip: "Aller au contenu",
    menu: "Menu",
    navigation: "Principal",
    more: "Autres pages sous",
    more_links: "Autres liens",
    form_unconnected: "Ce formulaire n’est pas encore relié et ne peut pas être envoyé.",
    required: "obligatoire",
    choose: "Veuillez choisir",
    leave_empty: "Laissez ce champ vide",
    enlarge: "Agrandir l’image",
    close: "Fermer",
    previous: "Image précédente",
    next: "Image suivante",
    places: "Lieux sur cette image",
    not_found: "Page introuvable",
    not_found_text: "Il n’y a rien à cette adresse. La page a été déplacée, ou le lien contient une erreur.",
    home: "Vers la page d’accueil",
    pictures: "Images",
};

const SPANISH: Strings = Strings {
    skip: "Saltar al contenido",
    menu: "Menú",
    navigation: "Principal",
    more: "Más páginas en",
    more_links: "Más enlaces",
    form_unconnected: "Este formulario aún no está conectado y no se puede enviar.",
    required: "obligatorio",
    choose: "Elija una opción",
    leave_empty: "Deje este campo vacío",
    enlarge: "Ampliar la imagen",
    close: "Cerrar",
    previous: "Imagen anterior",
    next: "Imagen siguiente",
    places: "Lugares en esta imagen",
    not_found: "Página no encontrada",
    not_found_text: "No hay nada en esta dirección. La página se ha movido o el enlace tiene un error.",
    home: "A la página de inicio",
    pictures: "Imágenes",
};

/// The words for a language tag (BCP 47); English when the language is not known.
pub(crate) fn strings(language: &str) -> &'static Strings {
    match language.split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "de" => &GERMAN,
        "fr" => &FRENCH,
        "es" => &SPANISH,
        _ => &ENGLISH,
    }
}

/// Whether the language is written from right to left.
pub(crate) fn is_right_to_left(language: &str) -> bool {
    let primary = language.split('-').next().unwrap_or_default().to_ascii_lowercase();
    matches!(primary.as_str(), "ar" | "fa" | "he" | "ur" | "ps" | "yi" | "dv" | "ckb" | "sd" | "ug")
}
