//! Admiralty Bay, Bequia, after sunset: houses on the slopes, lamps on the water, riding lights.

use crate::{
    layer::Layer,
    nature::{Island, Sea, sky, streak, wave},
    noise::Dice,
    palette::{AMBER, CORAL, FOAM, HAZE, INK, LEAF, NAVY, PAPER, PLUM, ROSE, Rgb, SAND, TEAL, mix, shade},
    shapes::{Place, Point, Shape, circle, edge, smooth},
    swell::fill,
    yacht::{Colours, Sails, draw},
};

const HORIZON: f32 = 610.0;

pub fn paint() -> Layer {
    let mut layer = Layer::new(1600, 1067);
    sky(
        &mut layer,
        HORIZON,
        &[
            (0.0, mix(INK, NAVY, 0.8)),
            (0.35, mix(NAVY, PLUM, 0.5)),
            (0.62, mix(PLUM, ROSE, 0.5)),
            (0.85, mix(ROSE, CORAL, 0.45)),
            (1.0, mix(AMBER, CORAL, 0.35)),
        ],
        601,
    );
    for (at, half, colour, seed) in [
        ((420.0, 210.0), (470.0, 17.0), mix(PLUM, ROSE, 0.35), 3),
        ((1180.0, 160.0), (430.0, 15.0), mix(NAVY, PLUM, 0.75), 5),
        ((960.0, 330.0), (430.0, 13.0), mix(ROSE, CORAL, 0.5), 7),
        ((250.0, 400.0), (340.0, 10.0), mix(CORAL, AMBER, 0.3), 9),
    ] {
        streak(&mut layer, at, half, colour, 0.8, seed);
    }
    let mut dice = Dice::new(611);
    for _ in 0..70 {
        let at = (dice.between(0.0, 1600.0), dice.roll().powi(2) * 260.0);
        dot(&mut layer, at, dice.between(0.6, 1.5), FOAM, 0.7);
    }
    dot(&mut layer, (1270.0, 250.0), 3.2, FOAM, 1.0);
    let back = mix(PLUM, NAVY, 0.55);
    Island {
        base: HORIZON,
        peaks: &[(830.0, 240.0, 86.0), (1050.0, 190.0, 62.0), (620.0, 170.0, 48.0)],
        rough: 30.0,
        tones: [back, mix(back, ROSE, 0.15), mix(back, CORAL, 0.25)],
        haze: (mix(CORAL, PLUM, 0.4), 0.6),
        seed: 621,
    }
    .paint(&mut layer);
    fill(&mut layer, HORIZON, mix(CORAL, PLUM, 0.35));
    let slope = mix(NAVY, LEAF, 0.30);
    let left = Island {
        base: HORIZON + 12.0,
        peaks: &[(120.0, 330.0, 246.0), (380.0, 200.0, 132.0), (560.0, 130.0, 44.0)],
        rough: 40.0,
        tones: [shade(slope, 0.66), shade(slope, 0.85), mix(slope, PLUM, 0.4)],
        haze: (mix(PLUM, CORAL, 0.3), 0.3),
        seed: 623,
    };
    let right = Island {
        base: HORIZON + 14.0,
        peaks: &[(1490.0, 320.0, 282.0), (1240.0, 180.0, 150.0), (1080.0, 120.0, 46.0)],
        rough: 42.0,
        tones: [shade(slope, 0.66), shade(slope, 0.85), mix(slope, PLUM, 0.4)],
        haze: (mix(PLUM, CORAL, 0.3), 0.3),
        seed: 627,
    };
    left.paint(&mut layer);
    right.paint(&mut layer);
    Sea {
        horizon: HORIZON + 10.0,
        stops: &[
            (0.0, mix(CORAL, PLUM, 0.35)),
            (0.2, mix(PLUM, ROSE, 0.25)),
            (0.5, mix(NAVY, PLUM, 0.45)),
            (1.0, mix(INK, NAVY, 0.5)),
        ],
        light: mix(ROSE, PLUM, 0.35),
        dark: mix(INK, NAVY, 0.4),
        strokes: 460,
        seed: 631,
    }
    .paint(&mut layer);
    let mut lamps = Vec::new();
    village(&mut layer, &left, (30.0, 560.0), 46, &mut lamps, 641);
    village(&mut layer, &right, (1120.0, 1585.0), 54, &mut lamps, 643);
    for lamp in &lamps {
        reflection(&mut layer, *lamp, 120.0);
    }
    fleet(&mut layer);
    layer
}

/// Houses on a slope, denser near the water, some with a lit window.
fn village(
    layer: &mut Layer,
    slope: &Island<'_>,
    (from, to): (f32, f32),
    count: usize,
    lamps: &mut Vec<Point>,
    seed: u32,
) {
    let mut dice = Dice::new(seed);
    let mut houses: Vec<_> = (0..count)
        .map(|_| {
            let x = dice.between(from, to);
            let room = (slope.base - slope.top(x) - 26.0).max(0.0);
            (x, slope.base - 6.0 - dice.roll().powf(1.9) * room * 0.8)
        })
        .filter(|(x, y)| *y > slope.top(*x) + 16.0)
        .collect();
    houses.sort_by(|a, b| a.1.total_cmp(&b.1));
    for (x, y) in houses {
        let size = 7.5 + (y - slope.base + 230.0).max(0.0) * 0.045;
        let wall = mix([PAPER, SAND, ROSE, HAZE][(dice.roll() * 4.0) as usize % 4], PLUM, 0.42);
        let roof = mix([CORAL, TEAL, NAVY, CORAL][(dice.roll() * 4.0) as usize % 4], PLUM, 0.35);
        block(
            layer,
            &[(x - size, y), (x - size, y - size * 0.9), (x + size, y - size * 0.9), (x + size, y)],
            wall,
        );
        block(
            layer,
            &[
                (x - size * 1.2, y - size * 0.85),
                (x - size * 0.5, y - size * 1.5),
                (x + size * 0.5, y - size * 1.5),
                (x + size * 1.2, y - size * 0.85),
            ],
            roof,
        );
        if dice.roll() < 0.72 {
            let window = (x + dice.between(-0.4, 0.4) * size, y - size * 0.45);
            glow(layer, window, 2.3, mix(AMBER, SAND, 0.3));
            if y > slope.base - 44.0 {
                lamps.push((window.0, slope.base - 2.0));
            }
        }
    }
}

fn block(layer: &mut Layer, points: &[Point], colour: Rgb) {
    let shape = Shape(points.to_vec());
    layer.paint(shape.bounds(2.0), |x, y| shape.mask(x, y), |_, _| colour);
}

fn dot(layer: &mut Layer, at: Point, radius: f32, colour: Rgb, strength: f32) {
    let bounds = (at.0 - radius - 2.0, at.1 - radius - 2.0, at.0 + radius + 2.0, at.1 + radius + 2.0);
    layer.paint(bounds, |x, y| edge(circle(x, y, at, radius), 1.5) * strength, |_, _| colour);
}

fn glow(layer: &mut Layer, at: Point, radius: f32, colour: Rgb) {
    let reach = radius * 8.0;
    let bounds = (at.0 - reach, at.1 - reach, at.0 + reach, at.1 + reach);
    layer.paint(bounds, |x, y| (1.0 - circle(x, y, at, 0.0) / reach).max(0.0).powi(3) * 0.7, |_, _| colour);
    dot(layer, at, radius, mix(colour, FOAM, 0.45), 1.0);
}

/// A lamp's path on the water: dashes that grow and fade.
fn reflection(layer: &mut Layer, at: Point, reach: f32) {
    let mut dice = Dice::new((at.0 * 31.0) as u32);
    let mut y = at.1 + 10.0;
    while y < at.1 + reach {
        let t = (y - at.1) / reach;
        let half = 3.0 + 11.0 * t * dice.between(0.6, 1.2);
        wave(
            layer,
            (at.0 + dice.bell() * 3.0 * (0.3 + t), y),
            (half, 0.9 + 1.3 * t),
            mix(AMBER, SAND, 0.25),
            0.85 * smooth(1.0, 0.1, t),
        );
        y += 4.0 + 6.0 * t;
    }
}

fn fleet(layer: &mut Layer) {
    let colours = |hull: Rgb| Colours {
        hull,
        hull_shade: mix(hull, INK, 0.55),
        stripe: CORAL,
        sail: mix(PAPER, PLUM, 0.3),
        sail_shade: mix(HAZE, PLUM, 0.5),
        line: mix(INK, NAVY, 0.2),
    };
    let boats = [
        ((905.0, 664.0), 88.0, 1.0, mix(PAPER, PLUM, 0.35)),
        ((740.0, 652.0), 62.0, 1.0, NAVY),
        ((1010.0, 650.0), 58.0, 1.0, mix(PAPER, PLUM, 0.4)),
        ((590.0, 690.0), 118.0, 1.0, mix(SAND, PLUM, 0.35)),
        ((1180.0, 716.0), 150.0, 1.0, mix(NAVY, TEAL, 0.3)),
        ((790.0, 852.0), 345.0, 1.0, mix(PAPER, ROSE, 0.3)),
    ];
    for (at, scale, facing, hull) in boats {
        let mut boat = Layer::new(layer.width, layer.height);
        let place = Place { at, scale, angle: 0.0, facing };
        draw(&mut boat, &place, &colours(hull), Sails::Furled);
        let line = at.1 + scale * 0.018;
        layer.mirror(&boat, line, scale * 0.9, 0.8);
        layer.over(&boat, 1.0);
        let light = place.map((0.055, -1.30));
        glow(layer, light, 1.4 + scale * 0.004, FOAM);
        for x in [-0.09, -0.02, 0.05] {
            glow(layer, place.map((x + 0.017, -0.103)), scale * 0.010, AMBER);
        }
        reflection(layer, (place.map((-0.02, 0.0)).0, line), scale * 0.5);
    }
}
