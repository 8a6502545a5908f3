import Foundation
import LanyardDomain
import LanyardTexts
import Testing

@Suite("An endpoint")
struct EndpointTests {
  private static func refusal(_ text: String, ports: ClosedRange<Int> = Endpoint.callable) -> FieldViolation? {
    do throws(InvalidInput) {
      _ = try Endpoint(text, of: "--server", ports: ports)
      return nil
    } catch {
      return error.violations.first
    }
  }

  @Test("Is of the machine itself by address or by the one name that is, not by how it begins")
  func loopback() {
    for host in [
      "localhost", "LOCALHOST", "localhost.", "127.0.0.1", "127.255.0.9", "::1", "0:0:0:0:0:0:0:1", "0::0001",
      "::ffff:127.0.0.1", "::FFFF:127.1.2.3",
    ] {
      #expect(Endpoint(host: host, port: 1).isLoopback, "\(host)")
    }
    for host in [
      "127.example.org", "127.0.0.1.example.org", "localhost.example.org", "a.localhost-1", "128.0.0.1", "::", "1::",
      "1::1",
      "::ffff:192.0.2.1", "::2", "fe80::1%1",
    ] {
      #expect(!Endpoint(host: host, port: 1).isLoopback, "\(host)")
    }
  }

  @Test(
    "Is a host and a port",
    arguments: [
      ("localhost:8443", "localhost", 8443), ("forum.example.org.:1", "forum.example.org.", 1),
      ("10.0.0.255:65535", "10.0.0.255", 65_535), ("[::1]:8443", "::1", 8443), ("[::]:80", "::", 80),
      ("[fe80::1%eth0]:80", "fe80::1%eth0", 80), ("[::ffff:192.0.2.1]:80", "::ffff:192.0.2.1", 80),
      ("[1:2:3:4:5:6:7:8]:80", "1:2:3:4:5:6:7:8", 80), ("[1:2:3:4:5:6:7::]:80", "1:2:3:4:5:6:7::", 80),
      ("lane_2-a.local:80", "lane_2-a.local", 80), ("xn--bcher-kva.example:80", "xn--bcher-kva.example", 80),
    ]
  )
  func good(_ text: String, host: String, port: Int) throws {
    let endpoint = try Endpoint(text, of: "--server")
    #expect(endpoint.host == host && endpoint.port == port && endpoint.description == text)
  }

  @Test(
    "Is refused by the name of its option, with what is wrong",
    arguments: [
      ("", "HOST:PORT"), ("localhost", "HOST:PORT"), ("localhost:", "port"), ("localhost:0", "port"),
      ("localhost:65536", "port"), ("localhost:+80", "port"), ("localhost:８０", "port"), ("localhost:80 ", "port"),
      ("localhost:-1", "port"), (":80", "host"), ("a b:80", "host"), ("a..b:80", "host"), ("-a:80", "host"),
      ("bücher.example:80", "host"), ("256.1.1.1:80", "host"), ("127.1:80", "host"), ("127.0.0.01:80", "host"),
      ("https://forum.example:80", "brackets"), ("::1:80", "brackets"), ("[]:80", "IPv6"), ("[::1:80", "brackets"),
      ("[localhost]:80", "IPv6"), ("[127.0.0.1]:80", "IPv6"), ("[:::]:80", "IPv6"), ("[1::2::3]:80", "IPv6"),
      ("[1:2:3:4:5:6:7]:80", "IPv6"), ("[1:2:3:4:5:6:7:8::]:80", "IPv6"), ("[12345::]:80", "IPv6"),
      ("[fe80::1%]:80", "IPv6"), ("[::1]", "port"), ("localhost\u{301}:80", "host"), ("localhost:\u{301}80", "port"),
    ]
  )
  func bad(_ text: String, reason: String) {
    let refusal = Self.refusal(text)
    #expect(refusal?.field == "--server" && refusal?.reason.contains(reason) == true, "\(String(describing: refusal))")
  }

  @Test("Listens on port 0, and is not called there")
  func anyPort() throws {
    #expect(try Endpoint("127.0.0.1:0", of: "grpc", ports: Endpoint.listenable).port == 0)
    #expect(Self.refusal("127.0.0.1:0")?.reason.contains("1 to 65535") == true)
    #expect(Self.refusal("127.0.0.1:65536", ports: Endpoint.listenable)?.reason.contains("0 to 65535") == true)
  }

  @Test("Is parsed from what it is written as, for any address", arguments: 0..<20)
  func roundTrip(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<200 {
      let endpoint = Endpoint(host: Self.host(&random), port: Int.random(in: Endpoint.callable, using: &random))
      #expect(try Endpoint("\(endpoint)", of: "--server") == endpoint)
      let kept = try JSONDecoder().decode([Endpoint].self, from: JSONEncoder().encode([endpoint]))
      #expect(kept == [endpoint])
    }
  }

  @Test("Takes of any text what it writes alike, and never traps", arguments: 0..<20)
  func anyText(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let alphabet = Array("019af.:[]%-_ é:[]:.".unicodeScalars)
    for _ in 0..<500 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...14, using: &random) { text.append(alphabet.randomElement(using: &random) ?? ":") }
      let written = String(text)
      // Almost all of these are refused.
      guard let endpoint = try? Endpoint(written, of: "--server") else { continue }
      #expect(Self.refusal("\(endpoint)") == nil && Endpoint.callable.contains(endpoint.port), "\(written)")
    }
  }

  private static func host(_ random: inout SeededGenerator) -> String {
    switch Int.random(in: 0..<3, using: &random) {
    case 0: (0..<4).map { _ in "\(UInt8.random(in: 0...255, using: &random))" }.joined(separator: ".")
    case 1:
      (0..<8).map { _ in String(UInt16.random(in: 0...65_535, using: &random), radix: 16) }.joined(separator: ":")
    default:
      (0..<Int.random(in: 1...4, using: &random)).map { _ in
        "h" + String(UInt32.random(in: 0..<UInt32.max, using: &random), radix: 36)
      }.joined(separator: ".")
    }
  }
}
