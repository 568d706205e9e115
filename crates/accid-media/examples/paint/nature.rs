//! What the sea pictures have in common: sky, clouds, islands, water, light on it, birds.

use crate::{
    layer::{ALL, Layer},
    noise::{Dice, fbm, noise},
    palette::{Rgb, mix, ramp},
    shapes::{Point, Stroke, circle, edge, ellipse, join, smooth},
};

/// A sky from the top to the horizon, in broad brush marks.
pub fn sky(layer: &mut Layer, horizon: f32, stops: &[(f32, Rgb)], seed: u32) {
    layer.paint(
        ALL,
        |_, y| edge(y - horizon, 1.5),
        |x, y| {
            let mark = (fbm(x / 520.0, y / 34.0, 4, seed) - 0.5) * 0.13;
            ramp(stops, y / horizon + mark)
        },
    );
}

/// A disc of light with its glow.
pub fn sun(layer: &mut Layer, centre: Point, radius: f32, colour: Rgb, glow: Rgb) {
    let reach = radius * 6.5;
    let bounds = (centre.0 - reach, centre.1 - reach, centre.0 + reach, centre.1 + reach);
    let halo = |x: f32, y: f32| {
        let far = (circle(x, y, centre, radius) / (reach - radius)).clamp(0.0, 1.0);
        (1.0 - far).powi(3) * 0.55
    };
    layer.paint(bounds, halo, |_, _| glow);
    layer.paint(bounds, |x, y| edge(circle(x, y, centre, radius), 1.6), |_, _| colour);
}

/// Land seen from the sea: mountains with three tones of slope, and the haze between.
pub struct Island<'a> {
    /// Where it meets the water.
    pub base: f32,
    /// Mountains: middle, half width, height.
    pub peaks: &'a [(f32, f32, f32)],
    /// How broken the ridge is.
    pub rough: f32,
    /// Colours of the shaded, the middle and the lit slopes.
    pub tones: [Rgb; 3],
    /// Colour of the air in front of its foot, and how much of it.
    pub haze: (Rgb, f32),
    /// Its own chance.
    pub seed: u32,
}

impl Island<'_> {
    /// Height of the ridge.
    pub fn top(&self, x: f32) -> f32 {
        let mut height: f32 = 0.0;
        for &(middle, half, tall) in self.peaks {
            let far = (x - middle).abs() / half;
            if far < 1.6 {
                let flank = (1.0 - far / 1.6).max(0.0);
                height = height.max(tall * (flank * flank * (3.0 - 2.0 * flank) * 0.6 + flank * 0.4));
            }
        }
        if height <= 0.0 {
            return self.base + 3.0;
        }
        let broken = (fbm(x / 46.0, 3.3, 5, self.seed) - 0.5) * self.rough * (height / 60.0).min(1.6);
        self.base - height + broken
    }

    /// Paints it.
    pub fn paint(&self, layer: &mut Layer) {
        let mask = |x: f32, y: f32| edge(self.top(x) - y, 1.5) * edge(y - self.base, 1.5);
        let highest = self.peaks.iter().fold(1.0_f32, |most, peak| most.max(peak.2));
        layer.paint((0.0, self.base - highest * 1.5, 1e6, self.base + 2.0), mask, |x, y| {
            // Ridges run down from the summit like the folds of a cloth; the light comes from the left.
            let slope = self.top(x + 9.0) - self.top(x - 9.0);
            let reach = |peak: &(f32, f32, f32)| peak.2 * (1.0 - (x - peak.0).abs() / peak.1 / 1.6);
            let start = self.peaks[0];
            let peak = self
                .peaks
                .iter()
                .fold(start, |best, peak| if reach(peak) > reach(&best) { *peak } else { best });
            let down = ((y - self.base + peak.2) / peak.2).clamp(0.0, 1.0);
            let wander = (fbm(x / 70.0, y / 50.0, 3, self.seed + 3) - 0.5) * 46.0;
            let lean = (x - peak.0 + wander) / (0.32 + 0.68 * down);
            let fold = fbm(lean / 42.0, down * 1.7 + peak.0, 4, self.seed + 5);
            let light = fold - slope * 0.006;
            let colour = mix(self.tones[0], self.tones[1], smooth(0.44, 0.49, light));
            let colour = mix(colour, self.tones[2], smooth(0.56, 0.60, light));
            let low = 1.0 - ((self.base - y) / (highest * 0.62)).clamp(0.0, 1.0);
            mix(colour, self.haze.0, low * low * self.haze.1)
        });
    }
}

/// A heaped cloud with a flat foot.
pub struct Cloud {
    pub at: Point,
    pub width: f32,
    pub height: f32,
    pub light: Rgb,
    pub shade: Rgb,
    pub seed: u32,
}

impl Cloud {
    /// Paints it.
    pub fn paint(&self, layer: &mut Layer) {
        let mut dice = Dice::new(self.seed);
        let puffs: Vec<_> = (0..24)
            .map(|index| {
                let along = index as f32 / 23.0 * 2.0 - 1.0 + dice.between(-0.05, 0.05);
                let tall = (1.0 - along * along).max(0.0) * dice.between(0.35, 1.0);
                let radius = self.height * (0.13 + 0.24 * tall * dice.between(0.7, 1.0));
                (
                    self.at.0 + along * self.width * 0.5,
                    self.at.1 - radius * 0.4 - self.height * 0.48 * tall,
                    radius,
                )
            })
            .collect();
        let heap = |x: f32, y: f32, dx: f32, dy: f32, grow: f32| {
            let wobble = (fbm(x / 26.0, y / 22.0, 3, self.seed + 1) - 0.5) * self.height * 0.11;
            puffs.iter().fold(1e6, |all, puff| {
                join(all, circle(x, y, (puff.0 + dx, puff.1 + dy), puff.2 * grow), self.height * 0.05)
            }) + wobble
        };
        let room = self.height;
        let bounds = (
            self.at.0 - self.width * 0.6 - room,
            self.at.1 - self.height * 1.4,
            self.at.0 + self.width * 0.6 + room,
            self.at.1 + room,
        );
        let foot = |x: f32, y: f32| {
            smooth(3.0, -7.0, y - self.at.1 + (fbm(x / 40.0, 2.0, 3, self.seed) - 0.5) * 18.0)
        };
        layer.paint(
            bounds,
            |x, y| edge(heap(x, y, 0.0, 0.0, 1.0), 3.0) * foot(x, y),
            |x, y| {
                let lit = heap(x, y, -self.height * 0.07, -self.height * 0.10, 0.86);
                mix(self.shade, self.light, smooth(self.height * 0.06, -self.height * 0.05, lit))
            },
        );
    }
}

/// A long thin cloud, as the evening has them.
pub fn streak(layer: &mut Layer, at: Point, half: Point, colour: Rgb, strength: f32, seed: u32) {
    let mask = |x: f32, y: f32| {
        let bend = (fbm(x / 240.0, 1.0, 3, seed) - 0.5) * half.1 * 1.6;
        let frayed = fbm(x / 110.0, y / 7.0, 4, seed + 1);
        let across = ((y - at.1 + bend) / half.1).abs();
        let along = ((x - at.0) / half.0).abs();
        smooth(0.16, -0.10, across * 0.75 + along * along * 0.7 - 0.62 + (0.5 - frayed) * 1.5) * strength
    };
    layer.paint(
        (at.0 - half.0 * 1.3, at.1 - half.1 * 3.0, at.0 + half.0 * 1.3, at.1 + half.1 * 3.0),
        mask,
        |_, _| colour,
    );
}

/// Water from the horizon down, with swell drawn in strokes that grow towards the viewer.
pub struct Sea<'a> {
    pub horizon: f32,
    pub stops: &'a [(f32, Rgb)],
    pub light: Rgb,
    pub dark: Rgb,
    pub strokes: usize,
    pub seed: u32,
}

impl Sea<'_> {
    /// Paints it.
    pub fn paint(&self, layer: &mut Layer) {
        let (width, bottom) = (layer.width as f32, layer.height as f32);
        let deep = bottom - self.horizon;
        layer.paint(
            (0.0, self.horizon - 1.0, width, bottom),
            |_, y| edge(self.horizon - y, 1.2),
            |x, y| {
                let t = (y - self.horizon) / deep;
                let mark = (fbm(x / 300.0, y / (5.0 + 30.0 * t), 3, self.seed) - 0.5) * 0.16;
                ramp(self.stops, t + mark * (0.3 + t))
            },
        );
        let mut dice = Dice::new(self.seed + 1);
        for _ in 0..self.strokes {
            let t = dice.roll().powf(1.5);
            let at = (dice.between(-60.0, width + 60.0), self.horizon + 3.0 + (deep - 3.0) * t);
            let radii = (12.0 + dice.between(60.0, 190.0) * t, 0.9 + dice.between(1.5, 6.5) * t);
            let colour = if dice.roll() < 0.52 { self.light } else { self.dark };
            wave(layer, at, radii, colour, dice.between(0.16, 0.5));
        }
    }
}

/// One stroke of water.
pub fn wave(layer: &mut Layer, at: Point, radii: Point, colour: Rgb, strength: f32) {
    let seed = (at.0 * 7.0 + at.1 * 13.0).abs() as u32;
    let mask = |x: f32, y: f32| {
        let bent = y + (noise(x / 38.0, at.1, seed) - 0.5) * radii.1 * 2.2;
        edge(ellipse(x, bent, at, radii), 1.6) * strength
    };
    layer.paint(
        (at.0 - radii.0, at.1 - radii.1 * 2.5, at.0 + radii.0, at.1 + radii.1 * 2.5),
        mask,
        |_, _| colour,
    );
}

/// The path of light from sun or moon over the water.
pub fn glitter(layer: &mut Layer, x: f32, horizon: f32, spread: f32, colour: Rgb, seed: u32) {
    let deep = layer.height as f32 - horizon;
    let mut dice = Dice::new(seed);
    for _ in 0..520 {
        let t = dice.roll().powf(1.35);
        let at = (x + dice.bell() * (spread * (0.22 + t)), horizon + 2.0 + deep * t);
        let radii = (5.0 + dice.between(10.0, 70.0) * t, 0.7 + dice.between(0.6, 3.6) * t);
        wave(layer, at, radii, colour, dice.between(0.3, 0.95) * (1.0 - t * 0.45));
    }
}

/// Sea birds far off.
pub fn birds(layer: &mut Layer, flock: &[(f32, f32, f32)], colour: Rgb) {
    for &(x, y, size) in flock {
        for side in [-1.0, 1.0] {
            let wing = [(x, y), (x + side * size * 0.5, y - size * 0.34), (x + side * size, y - size * 0.08)];
            let stroke = Stroke::curved(&wing, size * 0.11 + 0.8, 0.7);
            layer.paint(stroke.bounds(), |x, y| stroke.mask(x, y), |_, _| colour);
        }
    }
}

/// A flat wash over everything between two heights, fading at both.
pub fn mist(layer: &mut Layer, middle: f32, half: f32, colour: Rgb, strength: f32, seed: u32) {
    layer.paint(
        (0.0, middle - half, 1e6, middle + half),
        |x, y| {
            let far = ((y - middle).abs() / half).min(1.0);
            let drift = smooth(0.3, 0.62, fbm(x / 260.0, y / 36.0, 4, seed));
            (1.0 - far * far) * strength * drift
        },
        |_, _| colour,
    );
}
