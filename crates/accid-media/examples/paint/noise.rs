//! Chance that is always the same: value noise, its sum over octaves, and a small generator.

fn hash(x: i32, y: i32, seed: u32) -> f32 {
    let mut h = (x as u32).wrapping_mul(0x9e37_79b1)
        ^ (y as u32).wrapping_mul(0x85eb_ca77)
        ^ seed.wrapping_mul(0xc2b2_ae3d);
    h ^= h >> 15;
    h = h.wrapping_mul(0x2c1b_3c6d);
    h ^= h >> 12;
    h = h.wrapping_mul(0x297a_2d39);
    h ^= h >> 15;
    (h >> 8) as f32 / 16_777_216.0
}

/// Smooth noise from 0 to 1 with features of size 1.
pub fn noise(x: f32, y: f32, seed: u32) -> f32 {
    let (left, top) = (x.floor(), y.floor());
    let ease = |t: f32| t * t * t * (t * (t * 6.0 - 15.0) + 10.0);
    let (u, v) = (ease(x - left), ease(y - top));
    let (column, row) = (left as i32, top as i32);
    let corner = |dx: i32, dy: i32| hash(column.wrapping_add(dx), row.wrapping_add(dy), seed);
    let above = corner(0, 0) + (corner(1, 0) - corner(0, 0)) * u;
    let below = corner(0, 1) + (corner(1, 1) - corner(0, 1)) * u;
    above + (below - above) * v
}

/// Noise with finer and finer detail, from 0 to 1 and mostly near the middle.
pub fn fbm(x: f32, y: f32, octaves: u32, seed: u32) -> f32 {
    let (mut sum, mut weight, mut total, mut scale) = (0.0, 1.0, 0.0, 1.0);
    for octave in 0..octaves {
        sum += weight * noise(x * scale, y * scale, seed.wrapping_add(octave * 101));
        total += weight;
        weight *= 0.5;
        scale *= 2.03;
    }
    sum / total
}

/// Like [`fbm`], turned and bent, for patches whose edges must not show the grid.
pub fn patches(x: f32, y: f32, octaves: u32, seed: u32) -> f32 {
    let bend = |shift: f32| (fbm(x * 0.9 + shift, y * 0.9 - shift, 2, seed + 77) - 0.5) * 1.7;
    let (mut u, mut v) = (x + bend(3.7), y + bend(11.9));
    let (mut sum, mut weight, mut total) = (0.0, 1.0, 0.0);
    for octave in 0..octaves {
        sum += weight * noise(u, v, seed.wrapping_add(octave * 131));
        total += weight;
        weight *= 0.52;
        (u, v) = ((u * 0.8 - v * 0.6) * 2.03 + 5.3, (u * 0.6 + v * 0.8) * 2.03 - 2.1);
    }
    sum / total
}

/// Bright lines between cells, as light draws them on the ground of shallow water; from 0 to 1.
pub fn caustics(x: f32, y: f32, seed: u32) -> f32 {
    let bend = fbm(x * 0.7, y * 0.7, 2, seed + 9) * 2.4;
    let value = noise(x + bend, y - bend, seed);
    let ridge = 1.0 - (value * 2.0 - 1.0).abs();
    ridge.powi(9)
}

/// A generator of numbers from 0 to 1 (xorshift).
pub struct Dice(u32);

impl Dice {
    pub fn new(seed: u32) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b1) | 1)
    }

    pub fn roll(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        (self.0 >> 8) as f32 / 16_777_216.0
    }

    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.roll()
    }

    /// Near 0, rarely beyond ±2.
    pub fn bell(&mut self) -> f32 {
        (self.roll() + self.roll() + self.roll() + self.roll() - 2.0) * 1.73
    }
}
