//! Waves seen from near: one crest behind the other, with foam.

use crate::{
    layer::Layer,
    noise::{Dice, fbm, noise},
    palette::{Rgb, mix},
    shapes::{Point, circle, edge, smooth},
};

/// One row of waves across the picture.
pub struct Swell {
    pub base: f32,
    pub tall: f32,
    pub length: f32,
    pub shift: f32,
    /// Where light shines through the crest, and the body of the water.
    pub crest: Rgb,
    pub body: Rgb,
    pub foam: Rgb,
    /// How much of the crest breaks, 0 to 1.
    pub breaking: f32,
    pub seed: u32,
}

impl Swell {
    /// Height of the water.
    pub fn top(&self, x: f32) -> f32 {
        let phase = (x + self.shift) / self.length * std::f32::consts::TAU;
        // Crests are sharper than troughs (Stokes).
        let wave = phase.cos() + 0.28 * (2.0 * phase).cos();
        let chop = (fbm(x / self.length * 3.0, 5.0, 4, self.seed) - 0.5) * 0.9;
        self.base - self.tall * (wave * 0.5 + chop)
    }

    /// Paints it from its crest to the bottom of the picture.
    pub fn paint(&self, layer: &mut Layer) {
        let (width, height) = (layer.width as f32, layer.height as f32);
        let bounds = (0.0, self.base - self.tall * 2.0, width, height);
        let deep = self.tall * 2.6 + 20.0;
        layer.paint(
            bounds,
            |x, y| edge(self.top(x) - y, 1.6),
            |x, y| {
                let below = (y - self.top(x)) / deep;
                let run = fbm((x + y * 0.8) / 120.0, (y - self.top(x)) / 13.0, 4, self.seed + 2);
                let colour = mix(self.crest, self.body, smooth(0.0, 0.8, below + (run - 0.5) * 0.5));
                mix(colour, self.crest, smooth(0.60, 0.66, run) * 0.42 * (1.0 - below.min(1.0) * 0.6))
            },
        );
        layer.paint(bounds, |x, y| self.foam(x, y), |_, _| self.foam);
    }

    fn foam(&self, x: f32, y: f32) -> f32 {
        let below = y - self.top(x);
        if below < -2.0 || below > self.tall * 1.4 {
            return 0.0;
        }
        let breaks = smooth(
            0.56 - self.breaking * 0.3,
            0.80 - self.breaking * 0.3,
            noise(x / self.length * 4.0, 8.0, self.seed + 4),
        );
        let thick = self.tall * 0.20 * breaks * (0.4 + fbm(x / 22.0, 1.0, 3, self.seed + 5));
        let crest = edge(below - thick, 2.0) * edge(-below, 2.0) * smooth(0.02, 0.3, breaks);
        // Torn foam slides down the back of what broke.
        let lace = fbm(x / 30.0, below / 9.0, 4, self.seed + 6);
        let torn = smooth(0.60 - breaks * 0.05, 0.66 - breaks * 0.06, lace)
            * smooth(self.tall * 1.3, 0.0, below)
            * smooth(0.1, 0.6, breaks)
            * 0.75;
        crest.max(torn)
    }
}

/// Flat water under everything, so that no gap shows between far crests.
pub fn fill(layer: &mut Layer, horizon: f32, colour: Rgb) {
    let (width, height) = (layer.width as f32, layer.height as f32);
    layer.paint((0.0, horizon - 2.0, width, height), |_, y| edge(horizon - y, 1.5), |_, _| colour);
}

/// Drops thrown up from a point.
pub fn spray(layer: &mut Layer, at: Point, reach: f32, colour: Rgb, seed: u32) {
    let mut dice = Dice::new(seed);
    for _ in 0..150 {
        let far = dice.roll().powf(1.6) * reach;
        let angle = dice.between(-2.9, -0.5);
        let centre = (at.0 + angle.cos() * far * 1.25, at.1 + angle.sin() * far * 0.62);
        let radius = dice.between(0.8, 5.2) * (1.0 - far / reach * 0.75);
        let bounds = (centre.0 - 8.0, centre.1 - 8.0, centre.0 + 8.0, centre.1 + 8.0);
        layer.paint(bounds, |x, y| edge(circle(x, y, centre, radius), 1.6) * 0.9, |_, _| colour);
    }
}
