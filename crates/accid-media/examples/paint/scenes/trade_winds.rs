//! Twenty knots on the beam between two islands: the yacht large, the swell larger.

use crate::{
    layer::Layer,
    nature::{Cloud, Island, birds, sky},
    palette::{
        AMBER, CORAL, DEEP, FOAM, HAZE, INK, LAGOON, LEAF, NAVY, PAPER, SAND, SHALLOW, TEAL, mix, shade,
    },
    shapes::Place,
    swell::{Swell, fill, spray},
    yacht::{Colours, Sails, draw},
};

pub fn paint() -> Layer {
    let mut layer = Layer::new(1600, 1067);
    let horizon = 640.0;
    sky(
        &mut layer,
        horizon,
        &[
            (0.0, mix(DEEP, TEAL, 0.7)),
            (0.35, mix(TEAL, HAZE, 0.6)),
            (0.75, mix(HAZE, PAPER, 0.45)),
            (1.0, mix(PAPER, SAND, 0.3)),
        ],
        101,
    );
    for (x, y, width, height, seed) in [
        (240.0, 560.0, 470.0, 210.0, 5),
        (1330.0, 575.0, 520.0, 250.0, 8),
        (820.0, 590.0, 330.0, 110.0, 12),
        (560.0, 250.0, 300.0, 84.0, 21),
        (1480.0, 205.0, 330.0, 100.0, 26),
    ] {
        Cloud {
            at: (x, y),
            width,
            height,
            light: mix(FOAM, PAPER, 0.3),
            shade: mix(HAZE, PAPER, 0.25),
            seed,
        }
        .paint(&mut layer);
    }
    let land = mix(LEAF, HAZE, 0.5);
    Island {
        base: horizon + 4.0,
        peaks: &[(1450.0, 240.0, 130.0), (1600.0, 160.0, 88.0), (230.0, 170.0, 52.0), (60.0, 150.0, 74.0)],
        rough: 36.0,
        tones: [mix(land, TEAL, 0.4), land, mix(land, SAND, 0.35)],
        haze: (mix(HAZE, PAPER, 0.3), 0.7),
        seed: 111,
    }
    .paint(&mut layer);
    let swell = |base: f32, tall: f32, length: f32, shift: f32, light: f32, breaking: f32, seed| Swell {
        base,
        tall,
        length,
        shift,
        crest: mix(TEAL, LAGOON, light),
        body: mix(DEEP, NAVY, 0.25 + light * 0.1),
        foam: FOAM,
        breaking,
        seed,
    };
    fill(&mut layer, horizon, mix(TEAL, DEEP, 0.5));
    swell(652.0, 10.0, 210.0, 30.0, 0.1, 0.15, 121).paint(&mut layer);
    swell(676.0, 22.0, 330.0, 190.0, 0.25, 0.3, 122).paint(&mut layer);
    swell(722.0, 40.0, 560.0, 80.0, 0.45, 0.35, 123).paint(&mut layer);
    let colours = Colours {
        hull: FOAM,
        hull_shade: mix(HAZE, TEAL, 0.25),
        stripe: CORAL,
        sail: mix(FOAM, PAPER, 0.5),
        sail_shade: mix(SAND, HAZE, 0.55),
        line: mix(INK, NAVY, 0.5),
    };
    let place = Place { at: (1010.0, 800.0), scale: 580.0, angle: -0.13, facing: 1.0 };
    draw(&mut layer, &place, &colours, Sails::Full);
    let near = swell(812.0, 62.0, 820.0, -165.0, 0.75, 0.5, 126);
    near.paint(&mut layer);
    spray(&mut layer, (1286.0, 766.0), 170.0, FOAM, 131);
    spray(&mut layer, (1226.0, 790.0), 110.0, mix(FOAM, SHALLOW, 0.3), 132);
    Swell { crest: mix(LAGOON, SHALLOW, 0.15), ..swell(930.0, 96.0, 1180.0, -330.0, 1.0, 0.62, 127) }
        .paint(&mut layer);
    Swell { body: shade(NAVY, 0.8), ..swell(1052.0, 80.0, 900.0, 260.0, 0.5, 0.3, 128) }.paint(&mut layer);
    birds(
        &mut layer,
        &[(520.0, 380.0, 46.0), (630.0, 340.0, 30.0), (450.0, 312.0, 22.0)],
        mix(INK, AMBER, 0.1),
    );
    layer
}
