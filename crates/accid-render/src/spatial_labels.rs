//! On which side of its pin a name stands, so that names cover neither pins nor each other. Must not know what is named.

/// How wide a letter and how high a line is, in units of the sheet, as it is shown on a desktop.
const LETTER: f64 = 13.0;
const LINE: f64 = 26.0;
/// Half of a pin, and the space to its name.
const HALF: f64 = 24.0;

/// A side of a pin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    East,
    West,
    North,
    South,
}

impl Side {
    const ALL: [Self; 4] = [Self::East, Self::West, Self::South, Self::North];

    pub const fn class(self) -> &'static str {
        match self {
            Self::East => "to-east",
            Self::West => "to-west",
            Self::North => "to-north",
            Self::South => "to-south",
        }
    }
}

/// A name and the pin it belongs to.
pub(crate) struct Label<'a> {
    pub text: &'a str,
    pub at: (f64, f64),
}

/// Left, top, right, bottom.
type Box = [f64; 4];

fn shared([a, b, c, d]: Box, [e, f, g, h]: Box) -> f64 {
    (c.min(g) - a.max(e)).max(0.0) * (d.min(h) - b.max(f)).max(0.0)
}

impl Label<'_> {
    fn pin(&self) -> Box {
        let (x, y) = self.at;
        [x - HALF, y - HALF, x + HALF, y + HALF]
    }

    fn name(&self, side: Side) -> Box {
        let (x, y) = self.at;
        let wide = self.text.chars().count() as f64 * LETTER;
        match side {
            Side::East => [x + HALF, y - LINE / 2.0, x + HALF + wide, y + LINE / 2.0],
            Side::West => [x - HALF - wide, y - LINE / 2.0, x - HALF, y + LINE / 2.0],
            Side::North => [x - wide / 2.0, y - HALF - LINE, x + wide / 2.0, y - HALF],
            Side::South => [x - wide / 2.0, y + HALF, x + wide / 2.0, y + HALF + LINE],
        }
    }
}

/// The side of each name: the first on which it covers least.
pub(crate) fn sides(labels: &[Label<'_>], (width, height): (f64, f64)) -> Vec<Side> {
    let mut taken: Vec<Box> = labels.iter().map(Label::pin).collect();
    let mut sides = Vec::with_capacity(labels.len());
    for (index, label) in labels.iter().enumerate() {
        let cost = |side: Side| {
            let name = label.name(side);
            let area = (name[2] - name[0]) * (name[3] - name[1]);
            let outside = area - shared(name, [0.0, 0.0, width, height]);
            let others = taken.iter().enumerate().filter(|(other, _)| *other != index);
            others.map(|(_, other)| shared(name, *other)).sum::<f64>() + 3.0 * outside
        };
        let mut best = (Side::East, f64::INFINITY);
        for side in Side::ALL {
            let cost = cost(side);
            if cost + 1.0 < best.1 {
                best = (side, cost);
            }
        }
        taken.push(label.name(best.0));
        sides.push(best.0);
    }
    sides
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_where_they_cover_nothing() {
        let label = |text, x, y| Label { text, at: (x, y) };
        let labels = [
            label("Grenada", 400.0, 300.0),
            label("Carriacou", 460.0, 300.0),
            label("Bequia", 780.0, 100.0),
            label("Mayreau", 20.0, 20.0),
        ];
        let sides = sides(&labels, (800.0, 600.0));
        assert_eq!(sides, [Side::West, Side::East, Side::West, Side::East]);
    }
}
