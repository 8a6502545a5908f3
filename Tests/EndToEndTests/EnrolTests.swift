import Foundation
import LanyardDomain
import LanyardTesting
import Testing

@Suite("Enrolling a device, as its user does", .blocking)
struct EnrolTests {
  private static let forum = SampleData.forum

  /// A server with the forum and a badge, and the organiser's data folder.
  static func withServer(_ body: (URL, LanyardServerProcess) throws -> Void) throws {
    try LanyardServerProcess.withProgramme { folder, data, server in
      let csv = folder.appending(path: "people.csv")
      let people = "email,given_name,stakeholder_group,participation\na@example.org,Ada,Government,ONSITE\n"
      try Data(people.utf8).write(to: csv)
      _ = try LanyardProgram.run(["registrations", "import", csv.path, "--event", forum], data: data)
      _ = try LanyardProgram.run(["badge", "issue", "--event", forum, "--all"], data: data)
      try body(data, server)
    }
  }

  /// A code and a link for one device that may scan everywhere.
  static func code(_ data: URL, _ arguments: String...) throws -> (code: String, link: String) {
    let made = try LanyardProgram.run(
      ["device", "code", "--event", forum, "--name", "Tablet", "--json"] + arguments,
      data: data
    ).json()
    return (try #require(made.first?["code"] as? String), try #require(made.first?["link"] as? String))
  }

  /// How many devices are on record.
  static func devices(_ data: URL) throws -> Int {
    try LanyardProgram.run(["device", "list", "--event", forum, "--json"], data: data).json().count
  }

  @Test("for all checkpoints works every time, and it begins at each without the server")
  func allCheckpoints() throws {
    try Self.withServer { data, server in
      let device = data.deletingLastPathComponent().appending(path: "device")
      for _ in 0..<5 {
        let enrolled = try LanyardProgram.run(
          ["scan", "enrol", try Self.code(data).link, "--device", device.path, "--replace"],
          data: data
        )
        #expect(enrolled.status == 0, "\(enrolled.errors)")
      }
      #expect(try Self.devices(data) == 5)
      let badge = try LanyardProgram.run(["badge", "list", "--event", Self.forum, "--codes"], data: data).output
      server.stop()
      // At the second lane it knows what it did at the first, which leads to the same place.
      for (lane, answer) in [("Entrance lane 3", "ADMITTED"), ("entrance-lane-5", "REFUSED")] {
        let scan = try LanyardProgram.run(
          ["scan", "--device", device.path, "--checkpoint", lane, "--json"],
          data: data,
          input: badge
        )
        let shown = try scan.json()
        #expect(shown.map { $0["answer"] as? String } == [answer] && shown.map { $0["offline"] as? Bool } == [true])
      }
    }
  }

  @Test("leaves nothing behind where it fails, and the code is good for another try")
  func failing() throws {
    try Self.withServer { data, _ in
      let device = data.deletingLastPathComponent().appending(path: "some/where/device")
      let parent = data.deletingLastPathComponent().appending(path: "some").path
      let wrong = try LanyardProgram.run(["scan", "enrol", "AAAA-0000", "--device", device.path], data: data)
      #expect(wrong.status == 3 && wrong.errors.contains("not known"))
      let proxy = try TLSTerminatingProxy(data: data, server: try Self.address(data))
      defer { proxy.stop() }
      let (code, link) = try Self.code(data, "--address", "\(proxy.address)")
      let ended = try LanyardProgram.run(["scan", "enrol", link, "--device", device.path], data: data)
      #expect(ended.status == 3 && ended.errors.contains("balancer of TCP"), "\(ended.errors)")
      #expect(!FileManager.default.fileExists(atPath: parent))
      #expect(try Self.devices(data) == 0)
      let direct = try LanyardProgram.run(["scan", "enrol", code, "--device", device.path], data: data)
      #expect(direct.status == 0, "\(direct.errors)")
      #expect(try Self.devices(data) == 1)
      // One that fails in the folder of a device leaves that device as it was.
      let files = try FileManager.default.contentsOfDirectory(atPath: device.path).sorted()
      let failed = try LanyardProgram.run(
        ["scan", "enrol", code, "--device", device.path, "--replace"],
        data: data
      )
      #expect(failed.status == 3)
      #expect(try FileManager.default.contentsOfDirectory(atPath: device.path).sorted() == files)
    }
  }

  @Test("takes the place of one whose folder is damaged, which is not taken for one that is not there")
  func damaged() throws {
    try Self.withServer { data, _ in
      let device = data.deletingLastPathComponent().appending(path: "device")
      func enrol(_ arguments: String...) throws -> LanyardProgram.Result {
        try LanyardProgram.run(
          ["scan", "enrol", try Self.code(data).link, "--device", device.path] + arguments,
          data: data
        )
      }
      #expect(try enrol().status == 0)
      let rosters = try Self.rosters(device)
      try Data("{".utf8).write(to: device.appending(path: "device.json"))
      let scan = try LanyardProgram.run(
        ["scan", "--device", device.path, "--checkpoint", "Entrance lane 3"],
        data: data,
        input: ""
      )
      #expect(scan.status == 2 && scan.errors.contains("device.json cannot be read"), "\(scan.errors)")
      let enrolled = try enrol("--replace")
      #expect(enrolled.status == 0 && enrolled.errors.contains("cannot be read"), "\(enrolled.errors)")
      // People whom the device before knew do not stay.
      let now = try Self.rosters(device)
      #expect(now.count == 1 && now != rosters)
    }
  }

  @Test("takes the place of one that is revoked without a word about that, and says what it is used with")
  func revokedBefore() throws {
    try Self.withServer { data, _ in
      let device = data.deletingLastPathComponent().appending(path: "device")
      func enrol(_ link: String) throws -> LanyardProgram.Result {
        try LanyardProgram.run(["scan", "enrol", link, "--device", device.path, "--replace"], data: data)
      }
      let kiosk = try enrol(Self.code(data, "--profile", "kiosk").link)
      #expect(kiosk.status == 0 && kiosk.output.contains("lanyard kiosk --device \(device.path)"), "\(kiosk.output)")
      let second = try enrol(Self.code(data).link)
      #expect(second.status == 0 && second.errors.contains("is still known to its server"), "\(second.errors)")
      let event = ["--event", Self.forum]
      for known in try LanyardProgram.run(["device", "list", "--json"] + event, data: data).json() {
        let name = try #require(known["name"] as? String)
        #expect(try LanyardProgram.run(["device", "revoke", name] + event, data: data).status == 0)
      }
      let third = try enrol(Self.code(data).link)
      #expect(third.status == 0 && !third.errors.contains("is still known"), "\(third.errors)")
      // All codes that are open are taken back at once.
      let codes = try [Self.code(data), Self.code(data)]
      let withdrawn = try LanyardProgram.run(["device", "withdraw", "--all", "--json"] + event, data: data)
      #expect(try withdrawn.status == 0 && withdrawn.json().count == 2, "\(withdrawn.errors)")
      #expect(try enrol(codes[0].link).status == 3)
      #expect(try LanyardProgram.run(["device", "withdraw"] + event, data: data).status == 2)
    }
  }

  @Test("as a desk lists the keys without numbers that it is not told, and prints badges by whose they are")
  func desk() throws {
    try Self.withServer { data, _ in
      let folder = data.deletingLastPathComponent()
      let device = folder.appending(path: "desk")
      let link = try Self.code(data, "--profile", "desk").link
      #expect(try LanyardProgram.run(["scan", "enrol", link, "--device", device.path], data: data).status == 0)
      let keys = try LanyardProgram.run(["keys", "list", "--device", device.path], data: folder)
      #expect(keys.status == 0 && !keys.output.contains("badges"), "\(keys.output)\(keys.errors)")
      let counted = try LanyardProgram.run(["keys", "list"], data: data)
      #expect(counted.output.contains("badges: 1"), "\(counted.output)")
      let out = folder.appending(path: "one.pdf")
      let printed = try LanyardProgram.run(
        ["badge", "print", "a@example.org", "--event", Self.forum, "--out", out.path, "--json"],
        data: data
      )
      #expect(try printed.status == 0 && printed.json().first?["badges"] as? Int == 1, "\(printed.errors)")
    }
  }

  private static func rosters(_ device: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: device.path).filter {
      $0.hasPrefix("roster-") && $0.hasSuffix(".sqlite")
    }
  }

  @Test("and certificates: what is wrong with the server's is found before clients find it")
  func certificatesChecked() throws {
    try Self.withServer { data, _ in
      let good = try LanyardProgram.run(["certs", "check", "--json"], data: data)
      let isServed = try good.json().first?["served"] as? Bool
      #expect(good.status == 0 && isServed == true, "\(good.output)\(good.errors)")
      let lacking = try LanyardProgram.run(["certs", "check", "--host", "two.test"], data: data)
      #expect(lacking.status == 1 && lacking.errors.contains("two.test"))
      let pem = data.appending(path: "certs/server.pem")
      try Data("no PEM".utf8).write(to: pem)
      let broken = try LanyardProgram.run(["certs", "check"], data: data)
      #expect(broken.status == 1 && broken.errors.contains(pem.path), "\(broken.errors)")
    }
  }

  private static func address(_ data: URL) throws -> Endpoint {
    struct Running: Decodable { let grpc: Endpoint }
    return try JSONDecoder().decode(Running.self, from: Data(contentsOf: data.appending(path: "server.json"))).grpc
  }
}

/// Something that ends TLS before a server, as balancers of HTTP do, with the server's own certificate.
///
/// It runs in one thread: two threads that read and write one connection of OpenSSL at once end the whole program.
private final class TLSTerminatingProxy {
  private let process = Process()
  let address: Endpoint

  init(data: URL, server: Endpoint) throws {
    let script = """
      import asyncio, ssl, sys
      host, port = sys.argv[1].rsplit(":", 1)
      front = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
      front.load_cert_chain("certs/server.pem", "certs/server.key")
      front.set_alpn_protocols(["h2"])
      back = ssl.create_default_context(cafile="certs/authority.pem")
      back.set_alpn_protocols(["h2"])
      async def pump(source, sink):
          try:
              while data := await source.read(65536):
                  sink.write(data)
                  await sink.drain()
          except OSError:
              pass
          finally:
              sink.close()
      tasks = set()
      async def serve(reader, writer):
          tasks.add(asyncio.current_task())
          try:
              source, sink = await asyncio.open_connection(host, port, ssl=back)
          except OSError:
              return writer.close()
          await asyncio.gather(pump(reader, sink), pump(source, writer))
      async def main():
          listener = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=front)
          print(listener.sockets[0].getsockname()[1], flush=True)
          await listener.serve_forever()
      asyncio.run(main())
      """
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, "\(server)"]
    process.currentDirectoryURL = data
    process.standardOutput = output
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    address = try Endpoint("127.0.0.1:\(line.trimmingCharacters(in: .whitespacesAndNewlines))", of: "the proxy")
  }

  func stop() {
    process.terminate()
    process.waitUntilExit()
  }
}
