//! Evening in the lee of an island: a low sun, layered land, the yacht on her way to an anchorage.

use crate::{
    layer::Layer,
    nature::{Island, Sea, birds, glitter, mist, sky, streak, sun},
    palette::{AMBER, CORAL, DEEP, FOAM, HAZE, INK, LAGOON, NAVY, PAPER, PLUM, ROSE, SAND, TEAL, mix, shade},
    shapes::Place,
    yacht::{Colours, Sails, draw},
};

pub fn paint() -> Layer {
    let mut layer = Layer::new(1600, 900);
    let horizon = 520.0;
    sky(
        &mut layer,
        horizon,
        &[
            (0.0, mix(TEAL, HAZE, 0.25)),
            (0.28, mix(HAZE, PAPER, 0.25)),
            (0.55, mix(SAND, PAPER, 0.5)),
            (0.8, mix(AMBER, SAND, 0.45)),
            (1.0, mix(CORAL, AMBER, 0.45)),
        ],
        11,
    );
    let sun_at = (1232.0, 410.0);
    sun(&mut layer, sun_at, 62.0, mix(FOAM, SAND, 0.35), SAND);
    let (light, warm) = (mix(ROSE, PAPER, 0.35), mix(ROSE, CORAL, 0.25));
    for (at, half, colour, strength, seed) in [
        ((300.0, 150.0), (430.0, 13.0), mix(HAZE, PAPER, 0.55), 0.7, 3),
        ((1330.0, 118.0), (360.0, 15.0), mix(HAZE, PAPER, 0.6), 0.7, 5),
        ((480.0, 232.0), (360.0, 17.0), light, 0.85, 7),
        ((1210.0, 246.0), (470.0, 19.0), light, 0.85, 9),
        ((1390.0, 322.0), (330.0, 12.0), warm, 0.8, 13),
        ((700.0, 330.0), (300.0, 10.0), warm, 0.7, 15),
        ((1010.0, 366.0), (280.0, 8.0), mix(CORAL, PLUM, 0.15), 0.7, 19),
    ] {
        streak(&mut layer, at, half, colour, strength, seed);
    }
    islands(&mut layer, horizon);
    Sea {
        horizon,
        stops: &[
            (0.0, mix(AMBER, ROSE, 0.5)),
            (0.14, mix(ROSE, TEAL, 0.55)),
            (0.45, TEAL),
            (1.0, mix(DEEP, NAVY, 0.6)),
        ],
        light: mix(ROSE, AMBER, 0.4),
        dark: mix(DEEP, NAVY, 0.4),
        strokes: 620,
        seed: 31,
    }
    .paint(&mut layer);
    glitter(&mut layer, sun_at.0, horizon, 92.0, mix(SAND, AMBER, 0.35), 41);
    let mut yacht = Layer::new(1600, 900);
    let colours = Colours {
        hull: mix(INK, NAVY, 0.4),
        hull_shade: INK,
        stripe: CORAL,
        sail: mix(PAPER, AMBER, 0.12),
        sail_shade: mix(CORAL, PLUM, 0.35),
        line: INK,
    };
    draw(
        &mut yacht,
        &Place { at: (1030.0, 604.0), scale: 268.0, angle: 0.015, facing: 1.0 },
        &colours,
        Sails::Full,
    );
    layer.mirror(&yacht, 608.0, 230.0, 0.85);
    layer.over(&yacht, 1.0);
    birds(
        &mut layer,
        &[(560.0, 300.0, 24.0), (610.0, 276.0, 17.0), (505.0, 330.0, 14.0), (655.0, 318.0, 12.0)],
        mix(INK, PLUM, 0.4),
    );
    layer
}

fn islands(layer: &mut Layer, horizon: f32) {
    let far = mix(ROSE, PLUM, 0.32);
    Island {
        base: horizon,
        peaks: &[(1440.0, 190.0, 92.0), (1620.0, 170.0, 130.0), (1310.0, 110.0, 40.0)],
        rough: 30.0,
        tones: [far, mix(far, ROSE, 0.35), mix(far, AMBER, 0.35)],
        haze: (mix(AMBER, ROSE, 0.4), 0.8),
        seed: 51,
    }
    .paint(layer);
    let middle = mix(PLUM, TEAL, 0.35);
    Island {
        base: horizon + 2.0,
        peaks: &[(420.0, 200.0, 150.0), (250.0, 190.0, 205.0), (600.0, 110.0, 58.0), (40.0, 200.0, 120.0)],
        rough: 46.0,
        tones: [middle, mix(middle, ROSE, 0.22), mix(middle, AMBER, 0.34)],
        haze: (mix(ROSE, AMBER, 0.35), 0.75),
        seed: 57,
    }
    .paint(layer);
    mist(layer, horizon - 36.0, 40.0, mix(SAND, ROSE, 0.4), 0.55, 61);
    let near = mix(NAVY, LAGOON, 0.18);
    Island {
        base: horizon + 8.0,
        peaks: &[(40.0, 170.0, 118.0), (190.0, 120.0, 70.0), (330.0, 70.0, 26.0)],
        rough: 40.0,
        tones: [shade(near, 0.82), near, mix(near, ROSE, 0.28)],
        haze: (mix(PLUM, ROSE, 0.4), 0.5),
        seed: 63,
    }
    .paint(layer);
}
