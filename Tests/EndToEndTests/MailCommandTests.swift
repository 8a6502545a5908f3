import Foundation
import LanyardDomain
import LanyardTesting
import Testing

@Suite("Mails, as organisers have them", .blocking)
struct MailCommandTests {
  private static let forum = SampleData.forum

  /// A file with people of these addresses.
  private static func people(_ folder: URL, _ addresses: String...) throws -> String {
    let file = folder.appending(path: "\(addresses[0]).csv")
    let rows = addresses.map { "\($0),Ada,Government,REMOTE\n" }.joined()
    try Data("email,given_name,stakeholder_group,participation\n\(rows)".utf8).write(to: file)
    return file.path
  }

  private static func identifier(_ message: MailReceiver.Received) -> Substring? {
    String(decoding: message.content, as: UTF8.self).split(separator: "\r\n").first { $0.hasPrefix("Message-I") }
  }

  @Test("A server that is killed before it knew that a mail was taken sends the same again, and no other")
  func killed() async throws {
    try await withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      func run(_ arguments: String...) throws -> LanyardProgram.Result { try LanyardProgram.run(arguments, data: data) }
      func mails(_ arguments: String...) throws -> [[String: any Sendable]] {
        try LanyardProgram.run(["mail", "list", "--event", Self.forum, "--json"] + arguments, data: data).json()
      }
      let receiver = try await MailReceiver()
      defer { receiver.stop() }
      let settings = [
        "--mail-server", "smtp://127.0.0.1:\(receiver.port)", "--mail-from", "noreply@forum.example.org",
      ]
      _ = try run("certs", "init")
      var server = try LanyardServerProcess(data: data, arguments: settings)
      _ = try run("event", "import", SampleData.url("programme.json").path)
      // Nobody is written to unasked.
      let quiet = try run(
        "registrations",
        "import",
        try Self.people(folder, "quiet@example.org"),
        "--event",
        Self.forum
      )
      #expect(quiet.output.contains("--mail") && quiet.status == 0)
      let loud = try Self.people(folder, "one@example.org", "refuse@example.org", "hang@example.org")
      let trial = ["registrations", "import", loud, "--event", Self.forum, "--mail", "--json"]
      #expect(try LanyardProgram.run(trial + ["--dry-run"], data: data).json().first?["mails"] as? Int == 3)
      #expect(try LanyardProgram.run(trial, data: data).json().first?["mails"] as? Int == 3)
      var received = receiver.received.makeAsyncIterator()
      #expect(await received.next()?.to == ["one@example.org"])
      let first = try #require(await received.next())
      #expect(first.to == ["hang@example.org"])
      server.kill()
      var answering = MailReceiver.Options()
      answering.hangs = false
      let other = try await MailReceiver(answering)
      defer { other.stop() }
      server = try LanyardServerProcess(
        data: data,
        arguments: ["--mail-server", "smtp://127.0.0.1:\(other.port)", "--mail-from", "noreply@forum.example.org"]
      )
      defer { server.stop() }
      var again = other.received.makeAsyncIterator()
      let message = try #require(await again.next())
      #expect(message.to == first.to && Self.identifier(message) == Self.identifier(first))
      let bounced = try mails("--state", "bounced")
      #expect(bounced.count == 1 && bounced.first?["email"] as? String == "refuse@example.org")
      #expect(
        bounced.first?["replyStatus"] as? String == "5.1.1" && bounced.first?["fault"] as? String == "FAULT_REFUSED"
      )
      // The address is put right, and the mail goes there.
      let change = try run(
        "registrations",
        "change",
        "refuse@example.org",
        "--event",
        Self.forum,
        "--email",
        "right@example.org"
      )
      #expect(change.status == 0, "\(change.errors)")
      let retried = try run("mail", "retry", "--event", Self.forum, "--failed", "--json")
      #expect(try retried.json().first?["retried"] as? Int == 1)
      #expect(await again.next()?.to == ["right@example.org"])
      #expect(try run("mail", "retry", "--event", Self.forum, "--failed").status == 1)
    }
  }

  @Test("In a rehearsal they wait and are looked at, with the badge in them, and none is sent")
  func rehearsed() throws {
    try LanyardServerProcess.withProgramme { folder, data, _ in
      func run(_ arguments: String...) throws -> LanyardProgram.Result { try LanyardProgram.run(arguments, data: data) }
      let file = try Self.people(folder, "one@example.org")
      _ = try run("registrations", "import", file, "--event", Self.forum, "--mail")
      _ = try run("badge", "issue", "--event", Self.forum, "--all")
      var listed: [[String: any Sendable]] = []
      while listed.count < 2 {
        listed = try run("mail", "list", "--event", Self.forum, "--state", "waiting", "--json").json()
      }
      #expect(listed.map { $0["kind"] as? String } == ["KIND_BADGE_READY", "KIND_CONFIRMED"])
      let name = try #require(listed[0]["name"] as? String)
      let out = folder.appending(path: "mail.eml")
      #expect(try run("mail", "preview", name, "--out", out.path).status == 0)
      let message = try String(contentsOf: out, encoding: .utf8)
      #expect(message.contains("filename=badge.png") && message.contains("To: Ada <one@example.org>"))
      let extract = """
        import email, sys
        message = email.message_from_binary_file(open("mail.eml", "rb"))
        sys.stdout.buffer.write(next(p for p in message.walk() if p.get_filename() == "badge.png").get_payload(decode=True))
        """
      try Data(extract.utf8).write(to: folder.appending(path: "extract.py"))
      _ = try Tool.run("sh", "-c", "'\(try Tool.python())' extract.py > badge.png", in: folder)
      let code = try run("badge", "list", "--event", Self.forum, "--json").json().first?["code"] as? String
      #expect(try Tool.qrCodes(in: "badge.png", folder).output == "\(code ?? "none")\n")
      let shown = try run("mail", "preview", name)
      #expect(shown.output.contains("your badge is ready") && shown.output.contains("Hello Ada,"))
      let list = try run("mail", "list", "--event", Self.forum)
      #expect(list.output.contains("2 mails wait.") && list.output.contains("rehearsal"))
      #expect(try run("mail", "preview", "events/\(Self.forum)/mails/99").status == 1)
    }
  }

  @Test(
    "Settings that do not go together are refused",
    arguments: [
      ["--mail-server", "mail.example.org", "--mail-from", "a@b.example"],
      ["--mail-server", "smtp://mail.example.org"], ["--mail-server", "smtp://mail.example.org", "--mail-from", "a"],
      ["--mail-server", "smtp://mail.example.org", "--mail-from", "a@b.example", "--mail-user", "a"],
      ["--mail-user", "a"],
    ]
  )
  func settings(arguments: [String]) throws {
    try withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      _ = try LanyardProgram.run(["certs", "init"], data: data)
      let refused = try LanyardProgram.run(["serve", "--grpc", "127.0.0.1:0"] + arguments, data: data)
      #expect(refused.status == 2 && refused.errors.contains("mail-"), "\(refused.errors)")
    }
  }
}
