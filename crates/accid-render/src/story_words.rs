//! The words of maps and stories in the page's language, and how it writes days, times and distances. Must not know
//! where they are shown.

use accid_model::DistanceUnit;
use jiff::civil::Date;

/// Words of one language.
pub(crate) struct StoryWords {
    months: [&'static str; 12],
    short_months: [&'static str; 12],
    /// Between day and month, and between month and year.
    between: [&'static str; 2],
    decimal: char,
    thousands: char,
    pub map_of: &'static str,
    pub map_of_places: &'static str,
    pub places_on_map: &'static str,
    pub stops: &'static str,
    pub chapters: &'static str,
    pub chapter: &'static str,
    pub days: [&'static str; 2],
    pub photos_label: &'static str,
    pub places_label: &'static str,
    pub days_label: &'static str,
    pub distance_label: &'static str,
    pub under_way: &'static str,
    pub begin: &'static str,
    pub to_start: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub play: &'static str,
    pub pause: &'static str,
    pub slides: &'static str,
    pub slide_of: &'static str,
    pub dots_hint: &'static str,
    pub all_in_order: &'static str,
    pub empty: &'static str,
    pub end: &'static str,
    pub photo: &'static str,
    pub place: &'static str,
}

const ENGLISH: StoryWords = StoryWords {
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    short_months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    between: [" ", " "],
    decimal: '.',
    thousands: ',',
    map_of: "Map of",
    map_of_places: "Map of the places",
    places_on_map: "Places on the map",
    stops: "Places in their order",
    chapters: "Chapters",
    chapter: "Chapter",
    days: ["day", "days"],
    photos_label: "Photos",
    places_label: "Places",
    days_label: "Days",
    distance_label: "Distance",
    under_way: "under way",
    begin: "Begin",
    to_start: "Back to the start",
    previous: "Back",
    next: "On",
    play: "Play",
    pause: "Pause",
    slides: "Slides",
    slide_of: "of",
    dots_hint: "Behind every dot is a piece of the story.",
    all_in_order: "The whole story in order",
    empty: "No photos are in this story yet.",
    end: "The end",
    photo: "Photo",
    place: "Place",
};

const GERMAN: StoryWords = StoryWords {
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    short_months: ["Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"],
    between: [". ", " "],
    decimal: ',',
    thousands: '.',
    map_of: "Karte:",
    map_of_places: "Karte der Orte",
    places_on_map: "Orte auf der Karte",
    stops: "Die Orte der Reihe nach",
    chapters: "Kapitel",
    chapter: "Kapitel",
    days: ["Tag", "Tage"],
    photos_label: "Fotos",
    places_label: "Orte",
    days_label: "Tage",
    distance_label: "Strecke",
    under_way: "unterwegs",
    begin: "Anfangen",
    to_start: "Zurück zum Anfang",
    previous: "Zurück",
    next: "Weiter",
    play: "Abspielen",
    pause: "Anhalten",
    slides: "Bilder der Reihe nach",
    slide_of: "von",
    dots_hint: "Hinter jedem Punkt liegt ein Stück der Geschichte.",
    all_in_order: "Die ganze Geschichte der Reihe nach",
    empty: "In dieser Geschichte sind noch keine Fotos.",
    end: "Ende",
    photo: "Foto",
    place: "Ort",
};

const FRENCH: StoryWords = StoryWords {
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    short_months: [
        "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
    ],
    between: [" ", " "],
    decimal: ',',
    thousands: '\u{202f}',
    map_of: "Carte :",
    map_of_places: "Carte des lieux",
    places_on_map: "Lieux sur la carte",
    stops: "Les lieux dans l’ordre",
    chapters: "Chapitres",
    chapter: "Chapitre",
    days: ["jour", "jours"],
    photos_label: "Photos",
    places_label: "Lieux",
    days_label: "Jours",
    distance_label: "Distance",
    under_way: "en route",
    begin: "Commencer",
    to_start: "Retour au début",
    previous: "Retour",
    next: "Suite",
    play: "Lecture",
    pause: "Pause",
    slides: "Diaporama",
    slide_of: "sur",
    dots_hint: "Derrière chaque point se cache un morceau de l’histoire.",
    all_in_order: "Toute l’histoire dans l’ordre",
    empty: "Il n’y a pas encore de photos dans cette histoire.",
    end: "Fin",
    photo: "Photo",
    place: "Lieu",
};

const SPANISH: StoryWords = StoryWords {
    months: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    short_months: ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
    between: [" de ", " de "],
    decimal: ',',
    thousands: '.',
    map_of: "Mapa:",
    map_of_places: "Mapa de los lugares",
    places_on_map: "Lugares en el mapa",
    stops: "Los lugares en su orden",
    chapters: "Capítulos",
    chapter: "Capítulo",
    days: ["día", "días"],
    photos_label: "Fotos",
    places_label: "Lugares",
    days_label: "Días",
    distance_label: "Distancia",
    under_way: "en camino",
    begin: "Empezar",
    to_start: "Volver al principio",
    previous: "Atrás",
    next: "Seguir",
    play: "Reproducir",
    pause: "Pausa",
    slides: "Diapositivas",
    slide_of: "de",
    dots_hint: "Detrás de cada punto hay un trozo de la historia.",
    all_in_order: "Toda la historia en orden",
    empty: "Todavía no hay fotos en esta historia.",
    end: "Fin",
    photo: "Foto",
    place: "Lugar",
};

/// The words for a language tag (BCP 47); English when the language is not known.
pub(crate) fn story_words(language: &str) -> &'static StoryWords {
    match language.split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "de" => &GERMAN,
        "fr" => &FRENCH,
        "es" => &SPANISH,
        _ => &ENGLISH,
    }
}

impl StoryWords {
    fn month(&self, day: Date) -> &'static str {
        self.months[usize::try_from(day.month() - 1).unwrap_or(0) % 12]
    }

    /// A day as one writes it: `7 March 2026`.
    pub fn long_day(&self, day: Date) -> String {
        let [first, second] = self.between;
        format!("{}{first}{}{second}{}", day.day(), self.month(day), day.year())
    }

    /// A day without its year: `7 March`.
    pub fn day_of_year(&self, day: Date) -> String {
        format!("{}{}{}", day.day(), self.between[0], self.month(day))
    }

    /// A day in few letters: `7 Mar`.
    pub fn short_day(&self, day: Date) -> String {
        let month = self.short_months[usize::try_from(day.month() - 1).unwrap_or(0) % 12];
        let dot = if self.between[0].starts_with('.') { "." } else { "" };
        format!("{}{dot} {month}", day.day())
    }

    /// From one day to another, as short as can be: `7–12 March 2026`.
    pub fn span(&self, from: Date, to: Date) -> String {
        let dot = if self.between[0].starts_with('.') { "." } else { "" };
        if from == to {
            self.long_day(from)
        } else if (from.year(), from.month()) == (to.year(), to.month()) {
            format!("{}{dot}–{}", from.day(), self.long_day(to))
        } else if from.year() == to.year() {
            format!("{} – {}", self.day_of_year(from), self.long_day(to))
        } else {
            format!("{} – {}", self.long_day(from), self.long_day(to))
        }
    }

    /// A length of the way: below ten with one digit behind the point, above without.
    pub fn distance(&self, metres: f64, unit: DistanceUnit) -> String {
        let value = metres / unit.metres();
        let text = if value < 9.95 { format!("{value:.1}") } else { self.grouped(value.round()) };
        let text = if value < 9.95 { text.replace('.', &self.decimal.to_string()) } else { text };
        format!("{text}\u{a0}{}", unit.sign())
    }

    fn grouped(&self, whole: f64) -> String {
        let digits = format!("{whole:.0}");
        let mut out = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                out.push(self.thousands);
            }
            out.push(digit);
        }
        out
    }

    /// A time that passed: `3 h 20 min`, or days from two on.
    pub fn duration(&self, seconds: i64) -> String {
        let minutes = seconds.max(0) / 60;
        let (hours, days) = (minutes / 60, minutes / (24 * 60));
        match (days, hours, minutes % 60) {
            (2.., _, _) => format!("{days}\u{a0}{}", self.days[1]),
            (_, 0, minutes) => format!("{minutes}\u{a0}min"),
            (_, hours, 0) => format!("{hours}\u{a0}h"),
            (_, hours, minutes) => format!("{hours}\u{a0}h {minutes}\u{a0}min"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_spans_are_written_as_each_language_does() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let (english, german, spanish) = (story_words("en-GB"), story_words("de"), story_words("es"));
        assert_eq!(english.long_day(day("2026-03-07")), "7 March 2026");
        assert_eq!(german.long_day(day("2026-03-07")), "7. März 2026");
        assert_eq!(spanish.long_day(day("2026-03-07")), "7 de marzo de 2026");
        assert_eq!(german.short_day(day("2026-03-07")), "7. Mär");
        assert_eq!(english.span(day("2026-03-07"), day("2026-03-12")), "7–12 March 2026");
        assert_eq!(english.span(day("2026-02-27"), day("2026-03-12")), "27 February – 12 March 2026");
        assert_eq!(german.span(day("2026-03-07"), day("2026-03-12")), "7.–12. März 2026");
        assert_eq!(english.span(day("2025-12-30"), day("2026-01-02")), "30 December 2025 – 2 January 2026");
    }

    #[test]
    fn distances_and_times_are_short() {
        let words = story_words("en");
        assert_eq!(words.distance(18_520.0, DistanceUnit::NauticalMiles), "10\u{a0}nm");
        assert_eq!(words.distance(3_210.0, DistanceUnit::Kilometres), "3.2\u{a0}km");
        assert_eq!(story_words("de").distance(1_234_567.0, DistanceUnit::Kilometres), "1.235\u{a0}km");
        assert_eq!(words.duration(12_000), "3\u{a0}h 20\u{a0}min");
        assert_eq!(words.duration(3 * 86_400 + 5), "3\u{a0}days");
        assert_eq!(words.duration(7_200), "2\u{a0}h");
    }
}
