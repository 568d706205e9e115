//! A sheet one paints on, row by row, and how sheets are laid over each other.

use crate::{
    noise::{fbm, noise},
    palette::Rgb,
};

/// Where something is painted at most: left, top, right, bottom.
pub type Bounds = (f32, f32, f32, f32);

/// Everywhere.
pub const ALL: Bounds = (-1e6, -1e6, 1e6, 1e6);

/// A sheet; colours are multiplied by how opaque they are.
#[derive(Clone)]
pub struct Layer {
    pub width: usize,
    pub height: usize,
    pixels: Vec<[f32; 4]>,
}

impl Layer {
    /// A clear sheet.
    pub fn new(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![[0.0; 4]; width * height] }
    }

    /// Paints where the mask says (0 to 1) in the colour of the place.
    pub fn paint<M, C>(&mut self, bounds: Bounds, mask: M, colour: C)
    where
        M: Fn(f32, f32) -> f32 + Sync,
        C: Fn(f32, f32) -> Rgb + Sync,
    {
        let clip = |value: f32, most: usize| value.clamp(0.0, most as f32) as usize;
        let (left, right) = (clip(bounds.0.floor(), self.width), clip(bounds.2.ceil(), self.width));
        let (top, bottom) = (clip(bounds.1.floor(), self.height), clip(bounds.3.ceil(), self.height));
        if left >= right || top >= bottom {
            return;
        }
        let width = self.width;
        let rows = &mut self.pixels[top * width..bottom * width];
        let half = (bottom - top).div_ceil(2);
        let work = |first: usize, rows: &mut [[f32; 4]]| {
            for (index, row) in rows.chunks_mut(width).enumerate() {
                let y = (first + index) as f32 + 0.5;
                for (x, pixel) in row.iter_mut().enumerate().take(right).skip(left) {
                    let x = x as f32 + 0.5;
                    let cover = mask(x, y);
                    if cover > 0.002 {
                        let cover = cover.min(1.0);
                        blend(pixel, colour(x, y), cover);
                    }
                }
            }
        };
        if (right - left) * (bottom - top) < 20_000 {
            work(top, rows);
            return;
        }
        let (upper, lower) = rows.split_at_mut(half * width);
        std::thread::scope(|scope| {
            scope.spawn(|| work(top, upper));
            work(top + half, lower);
        });
    }

    /// Lays another sheet over this one.
    pub fn over(&mut self, other: &Self, opacity: f32) {
        for (under, over) in self.pixels.iter_mut().zip(&other.pixels) {
            let keep = 1.0 - over[3] * opacity;
            for (under, over) in under.iter_mut().zip(over) {
                *under = *under * keep + over * opacity;
            }
        }
    }

    /// Mirrors another sheet in water that begins at `line`: squeezed, broken by ripples, fading with depth.
    pub fn mirror(&mut self, other: &Self, line: f32, depth: f32, opacity: f32) {
        for y in (line.max(0.0) as usize)..self.height {
            let below = y as f32 + 0.5 - line;
            if below > depth {
                break;
            }
            let source = line - below * 1.25;
            if source < 0.0 {
                break;
            }
            let fade = (1.0 - below / depth) * opacity;
            for x in 0..self.width {
                let at = x as f32;
                let ripple = (noise(at / 90.0, y as f32 / 5.0, 71) - 0.5) * (4.0 + below * 0.16);
                let broken = ((noise(at / 60.0, y as f32 / 3.4, 72) + 0.22 - below / depth * 0.75) * 6.0)
                    .clamp(0.0, 1.0);
                let from = at + ripple;
                if from < 0.0 || from >= self.width as f32 {
                    continue;
                }
                let over = other.pixels[source as usize * self.width + from as usize];
                let strength = fade * broken;
                let keep = 1.0 - over[3] * strength;
                let pixel = &mut self.pixels[y * self.width + x];
                for (under, over) in pixel.iter_mut().zip(over) {
                    *under = *under * keep + over * strength;
                }
            }
        }
    }

    /// Gives the picture the tooth of paper and the slight unevenness of pigment.
    pub fn on_paper(mut self) -> Self {
        let width = self.width;
        for (index, pixel) in self.pixels.iter_mut().enumerate() {
            let (x, y) = ((index % width) as f32, (index / width) as f32);
            let pigment = (fbm(x / 140.0, y / 140.0, 3, 900) - 0.5) * 0.05;
            let tooth =
                (noise(x / 1.7, y / 1.7, 901) - 0.5) * 0.026 + (noise(x / 4.1, y / 4.1, 902) - 0.5) * 0.02;
            for channel in &mut pixel[..3] {
                // Paper shows least in the darkest ink.
                *channel = (*channel * (1.0 + pigment) + tooth * (0.5 + *channel * 0.5)).clamp(0.0, 1.0);
            }
        }
        self
    }

    /// Eight bits a channel.
    pub fn to_bytes(&self) -> Vec<u8> {
        let byte = |channel: &f32| (channel.clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
        self.pixels.iter().flat_map(|pixel| [byte(&pixel[0]), byte(&pixel[1]), byte(&pixel[2])]).collect()
    }
}

fn blend(pixel: &mut [f32; 4], colour: Rgb, cover: f32) {
    for (under, over) in pixel.iter_mut().zip([colour[0], colour[1], colour[2], 1.0]) {
        *under = *under * (1.0 - cover) + over * cover;
    }
}
