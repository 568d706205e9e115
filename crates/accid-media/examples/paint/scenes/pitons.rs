//! Soufrière in the morning: the two Pitons of Saint Lucia, a yacht at a mooring below them, palms in front.

use crate::{
    layer::Layer,
    nature::{Island, Sea, birds, mist, sky, streak, sun},
    noise::Dice,
    palette::{
        AMBER, CORAL, DEEP, FOAM, HAZE, INK, LAGOON, LEAF, MOSS, NAVY, PAPER, ROSE, SAND, SHALLOW, TEAL, mix,
        shade,
    },
    shapes::{Place, Point, Stroke},
    yacht::{Colours, Sails, draw},
};

pub fn paint() -> Layer {
    let mut layer = Layer::new(1600, 1067);
    let horizon = 700.0;
    sky(
        &mut layer,
        horizon,
        &[
            (0.0, mix(TEAL, HAZE, 0.55)),
            (0.3, mix(HAZE, PAPER, 0.5)),
            (0.62, mix(PAPER, SAND, 0.5)),
            (0.86, mix(SAND, ROSE, 0.55)),
            (1.0, mix(ROSE, AMBER, 0.3)),
        ],
        501,
    );
    sun(&mut layer, (770.0, 380.0), 50.0, mix(FOAM, SAND, 0.3), mix(SAND, AMBER, 0.3));
    for (at, half, seed) in [
        ((300.0, 180.0), (380.0, 15.0), 3),
        ((1250.0, 250.0), (420.0, 16.0), 7),
        ((760.0, 470.0), (300.0, 10.0), 9),
    ] {
        streak(&mut layer, at, half, mix(FOAM, ROSE, 0.3), 0.75, seed);
    }
    mountains(&mut layer, horizon);
    Sea {
        horizon,
        stops: &[
            (0.0, mix(SHALLOW, ROSE, 0.35)),
            (0.25, mix(LAGOON, SHALLOW, 0.25)),
            (0.6, mix(LAGOON, TEAL, 0.6)),
            (1.0, mix(TEAL, DEEP, 0.5)),
        ],
        light: mix(SHALLOW, FOAM, 0.35),
        dark: mix(TEAL, DEEP, 0.45),
        strokes: 520,
        seed: 521,
    }
    .paint(&mut layer);
    let colours = Colours {
        hull: FOAM,
        hull_shade: mix(HAZE, SHALLOW, 0.3),
        stripe: CORAL,
        sail: mix(NAVY, TEAL, 0.4),
        sail_shade: mix(SAND, HAZE, 0.3),
        line: mix(INK, NAVY, 0.5),
    };
    let dark = Colours { hull: NAVY, hull_shade: INK, stripe: SAND, ..colours };
    for (at, scale, colours) in
        [((1130.0, 742.0), 74.0, &colours), ((1010.0, 752.0), 96.0, &dark), ((640.0, 826.0), 225.0, &colours)]
    {
        let mut yacht = Layer::new(1600, 1067);
        draw(&mut yacht, &Place { at, scale, angle: 0.0, facing: -1.0 }, colours, Sails::Furled);
        layer.mirror(&yacht, at.1 + scale * 0.016, scale * 0.9, 0.75);
        layer.over(&yacht, 1.0);
    }
    birds(
        &mut layer,
        &[(980.0, 330.0, 26.0), (1040.0, 305.0, 18.0), (930.0, 300.0, 14.0)],
        mix(INK, LEAF, 0.4),
    );
    palm(&mut layer, &[(1500.0, 1090.0), (1466.0, 820.0), (1385.0, 560.0), (1290.0, 380.0)], 330.0, 531);
    palm(&mut layer, &[(1640.0, 1090.0), (1630.0, 850.0), (1570.0, 640.0), (1520.0, 545.0)], 290.0, 547);
    layer
}

fn mountains(layer: &mut Layer, horizon: f32) {
    let haze = mix(SAND, ROSE, 0.3);
    let far = mix(HAZE, LEAF, 0.22);
    Island {
        base: horizon,
        peaks: &[(820.0, 420.0, 150.0), (1400.0, 330.0, 190.0), (220.0, 300.0, 130.0)],
        rough: 34.0,
        tones: [mix(far, TEAL, 0.3), far, mix(far, SAND, 0.3)],
        haze: (haze, 0.85),
        seed: 511,
    }
    .paint(layer);
    mist(layer, horizon - 70.0, 70.0, mix(FOAM, ROSE, 0.2), 0.7, 541);
    let green = mix(LEAF, HAZE, 0.28);
    Island {
        base: horizon + 2.0,
        peaks: &[(1030.0, 168.0, 372.0), (1120.0, 150.0, 210.0), (900.0, 120.0, 120.0)],
        rough: 44.0,
        tones: [mix(green, DEEP, 0.5), green, mix(green, MOSS, 0.65)],
        haze: (haze, 0.75),
        seed: 513,
    }
    .paint(layer);
    mist(layer, horizon - 50.0, 60.0, mix(FOAM, SAND, 0.3), 0.6, 542);
    let near = mix(LEAF, TEAL, 0.2);
    Island {
        base: horizon + 6.0,
        peaks: &[(400.0, 210.0, 452.0), (250.0, 200.0, 190.0), (600.0, 150.0, 110.0), (60.0, 170.0, 120.0)],
        rough: 58.0,
        tones: [mix(near, NAVY, 0.5), near, mix(near, MOSS, 0.75)],
        haze: (mix(haze, SHALLOW, 0.3), 0.5),
        seed: 517,
    }
    .paint(layer);
    Island {
        base: horizon + 12.0,
        peaks: &[(60.0, 210.0, 60.0), (300.0, 150.0, 34.0), (1340.0, 330.0, 56.0), (1560.0, 200.0, 84.0)],
        rough: 26.0,
        tones: [shade(LEAF, 0.6), shade(LEAF, 0.85), mix(LEAF, MOSS, 0.7)],
        haze: (SAND, 0.35),
        seed: 519,
    }
    .paint(layer);
}

/// A coconut palm: a bowed trunk and a crown of feathered fronds.
fn palm(layer: &mut Layer, trunk: &[Point; 4], reach: f32, seed: u32) {
    let dark = mix(INK, LEAF, 0.35);
    let stem = Stroke::curved(trunk, 34.0, 15.0);
    layer.paint(
        stem.bounds(),
        |x, y| stem.mask(x, y),
        |_, y| if (y / 13.0).fract() < 0.22 { shade(dark, 0.78) } else { mix(dark, CORAL, 0.12) },
    );
    let crown = trunk[3];
    let mut dice = Dice::new(seed);
    for frond in 0..13 {
        let angle = -3.55 + frond as f32 * 0.335 + dice.between(-0.1, 0.1);
        let long = reach * dice.between(0.78, 1.0);
        let drop = dice.between(0.30, 0.52) * long;
        let at = |t: f32| {
            (crown.0 + angle.cos() * long * t, crown.1 + angle.sin() * long * 0.62 * t + drop * t * t)
        };
        let rib = Stroke::curved(&[at(0.0), at(0.35), at(0.7), at(1.0)], 6.0, 1.2);
        let colour = mix(dark, LEAF, dice.between(0.1, 0.65));
        layer.paint(rib.bounds(), |x, y| rib.mask(x, y), |_, _| colour);
        for leaf in 1..26 {
            let t = leaf as f32 / 26.0;
            let (start, ahead) = (at(t), at((t + 0.05).min(1.0)));
            let along = ((ahead.0 - start.0), (ahead.1 - start.1));
            let length = (along.0 * along.0 + along.1 * along.1).sqrt().max(1.0);
            let size = long * 0.21 * (1.0 - (t - 0.42).abs() * 1.15).max(0.12);
            for side in [-1.0, 1.0] {
                let (nx, ny) = (-along.1 / length * side, along.0 / length * side);
                let tip = (
                    start.0 + nx * size * 0.72 + along.0 / length * size * 0.66,
                    start.1 + ny * size * 0.72 + along.1 / length * size * 0.66 + size * 0.30,
                );
                let blade = Stroke::tapered(&[start, tip], 4.6, 0.8);
                layer.paint(blade.bounds(), |x, y| blade.mask(x, y), |_, _| colour);
            }
        }
    }
}
