//! A connection to the program that costs next to nothing itself: kept open, a request written in one piece, an answer
//! read to its end and not looked into. What is timed with it is the program's time, not that of a client.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
};

/// An open connection.
pub struct Wire {
    host: String,
    stream: BufReader<TcpStream>,
}

impl Wire {
    /// Connects to a program at an address such as `http://127.0.0.1:9847`.
    ///
    /// # Errors
    /// When nothing answers there.
    pub fn to(url: &str) -> io::Result<Self> {
        let host = url.trim_start_matches("http://").trim_end_matches('/').to_owned();
        let stream = TcpStream::connect(&host)?;
        stream.set_nodelay(true)?;
        Ok(Self { host, stream: BufReader::new(stream) })
    }

    /// Sends JSON and waits for the whole answer: its status and its body.
    ///
    /// # Errors
    /// When the connection breaks or the answer is none of HTTP/1.1 with its length.
    pub fn send(&mut self, method: &str, path: &str, body: &str) -> io::Result<(u16, Vec<u8>)> {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.host,
            body.len()
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        let strange = |line: &str| io::Error::new(io::ErrorKind::InvalidData, line.to_owned());
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status =
            line.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(|| strange(&line))?;
        let mut length = 0;
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let Some((name, value)) = line.split_once(':') else { break };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().map_err(|_| strange(&line))?;
            }
        }
        let mut answer = vec![0; length];
        self.stream.read_exact(&mut answer)?;
        Ok((status, answer))
    }
}

#[cfg(test)]
mod tests {
    use std::{net::TcpListener, thread};

    use super::*;

    #[test]
    fn answers_of_one_connection_are_told_apart() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            let mut stream = BufReader::new(stream);
            for body in ["one", "", "three"] {
                let mut line = String::new();
                while line != "\r\n" {
                    line.clear();
                    stream.read_line(&mut line).unwrap();
                }
                stream.read_exact(&mut [0; 2]).unwrap();
                let answer = format!("HTTP/1.1 201 Made\r\ncontent-LENGTH: {}\r\n\r\n{body}", body.len());
                stream.get_mut().write_all(answer.as_bytes()).unwrap();
            }
        });
        let mut wire = Wire::to(&url).unwrap();
        for body in ["one", "", "three"] {
            assert_eq!(wire.send("PUT", "/x", "{}").unwrap(), (201, body.as_bytes().to_vec()));
        }
        server.join().unwrap();
        assert!(wire.send("PUT", "/x", "{}").is_err(), "the connection is closed");
    }
}
