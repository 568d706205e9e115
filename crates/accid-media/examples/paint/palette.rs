//! The colours of all pictures: ink, sea, paper and two warm ones, as a printer would mix them.

/// Red, green and blue from 0 to 1.
pub type Rgb = [f32; 3];

const fn hex(value: u32) -> Rgb {
    [channel_of(value, 16), channel_of(value, 8), channel_of(value, 0)]
}

const fn channel_of(value: u32, shift: u32) -> f32 {
    ((value >> shift) & 0xff) as f32 / 255.0
}

pub const INK: Rgb = hex(0x10_22_35);
pub const NAVY: Rgb = hex(0x16_36_52);
pub const DEEP: Rgb = hex(0x14_4c_66);
pub const TEAL: Rgb = hex(0x1d_6f_7c);
pub const LAGOON: Rgb = hex(0x3a_a0_9f);
pub const SHALLOW: Rgb = hex(0x86_cf_c0);
pub const FOAM: Rgb = hex(0xf3_f4_e6);
pub const PAPER: Rgb = hex(0xf7_ec_d6);
pub const SAND: Rgb = hex(0xf0_d9_ab);
pub const AMBER: Rgb = hex(0xf2_a9_4b);
pub const CORAL: Rgb = hex(0xe4_6a_4c);
pub const ROSE: Rgb = hex(0xe8_a0_8a);
pub const PLUM: Rgb = hex(0x5c_3f_5c);
pub const LEAF: Rgb = hex(0x3f_6b_4e);
pub const MOSS: Rgb = hex(0x7c_94_58);
pub const HAZE: Rgb = hex(0x9d_b9_bd);

/// Between two colours: `a` at 0, `b` at 1.
pub fn mix(a: Rgb, b: Rgb, t: f32) -> Rgb {
    let t = t.clamp(0.0, 1.0);
    [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t]
}

/// Along several colours, each at its place.
pub fn ramp(stops: &[(f32, Rgb)], t: f32) -> Rgb {
    let mut before = stops[0];
    for stop in stops {
        if t <= stop.0 {
            let span = (stop.0 - before.0).max(1e-6);
            return mix(before.1, stop.1, (t - before.0) / span);
        }
        before = *stop;
    }
    before.1
}

/// Lighter (above 1) or darker.
pub fn shade(colour: Rgb, factor: f32) -> Rgb {
    colour.map(|channel| (channel * factor).clamp(0.0, 1.0))
}
