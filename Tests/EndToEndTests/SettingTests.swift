import ArgumentParser
import Foundation
import LanyardDomain
import LanyardMail
import LanyardServer
import LanyardTesting
import LanyardTexts
import Logging
import Testing

@testable import lanyard

@Suite("Each setting of a server")
struct SettingTests {
  /// A value that is none of the setting's.
  private static func wrong(_ setting: Setting) -> String {
    setting.isNumber ? "\(setting.number.range.upperBound + 1)" : "no value"
  }

  @Test("Has one option, whose help says what it is for, its range and its default")
  func help() throws {
    // However it is broken into lines.
    let help = ServeCommand.helpMessage(columns: 1000).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for setting in Setting.allCases {
      #expect(help.contains(" --\(setting.name) <\(setting.name)> \(setting.optionHelp)"), "\(setting.name)")
    }
    let options = help.matches(of: /--([a-z-]+) </).map { String($0.1) }
    #expect(options.filter { $0 != "data" }.sorted() == Setting.allCases.map(\.name).sorted())
  }

  @Test("Has one row of the manual's table, in its order, which says the same")
  func manual() throws {
    let file = SampleData.root.appending(path: "Sources/lanyard/Manual.docc/RunningTheServer.md")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
    let head = try #require(lines.firstIndex(of: "| setting | default | range | what |"))
    let rows = lines[(head + 2)...].prefix { $0.hasPrefix("|") }.map(String.init)
    #expect(rows == Setting.allCases.map(\.manualRow), "\(Setting.allCases.map(\.manualRow).joined(separator: "\n"))")
  }

  @Test("Is taken from its own option", arguments: Setting.allCases)
  func option(_ setting: Setting) throws {
    #expect(try ServeOptions.parse(["--\(setting.name)", "some value"]).given == [setting: "some value"])
  }

  @Test("Arrives where it belongs, each with a value of its own")
  func arrives() async throws {
    try await withTemporaryFolder { url in
      let folder = DataFolder(path: url.appending(path: "data").path)
      try folder.create()
      let files = ["chain.pem", "key.pem"].map { url.appending(path: $0) }
      for file in files { try Data().write(to: file) }
      let keys = url.appending(path: "keys")
      try Data(repeating: 1, count: 16).write(to: keys)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: keys.path)
      let password = url.appending(path: "password")
      try Data("correct horse\n".utf8).write(to: password)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: password.path)
      let numbers = Dictionary(
        uniqueKeysWithValues: Setting.allCases.filter(\.isNumber).enumerated().map {
          ($1, max($1.number.range.lowerBound, 200) + $0)
        }
      )
      func number(_ setting: Setting) throws -> Int { try #require(numbers[setting]) }
      func seconds(_ setting: Setting) throws -> Duration { .seconds(try number(setting)) }
      let texts: [Setting: String] = [
        .grpc: "127.0.0.1:4711", .web: "127.0.0.1:4712", .rehearseAt: "2024-05-27T08:30:00+02:00",
        .certificate: files[0].path,
        .privateKey: files[1].path, .badgeKeyFile: keys.path, .logLevel: "trace",
        .mailServer: "smtp://mail.example.org", .mailFrom: "forum@example.org", .mailUser: "forum",
        .mailPasswordFile: password.path, .mailAuthority: files[0].path, .webAddress: "https://register.example.org/",
      ]
      let given = texts.merging(numbers.mapValues { "\($0)" }) { text, _ in text }
      #expect(Set(given.keys) == Set(Setting.allCases))
      let options = try ServeOptions.parse(given.flatMap { ["--\($0.name)", $1] })
      let settings = try await ServeSettings.resolve(options, folder: folder, environment: [:])
      let server = settings.server
      #expect(server.endpoint.description == "127.0.0.1:4711" && settings.web?.description == "127.0.0.1:4712")
      let off = try ServeOptions.parse((given.merging([.web: Setting.off]) { $1 }).flatMap { ["--\($0.name)", $1] })
      #expect(try await ServeSettings.resolve(off, folder: folder, environment: [:]).web == nil)
      #expect(server.certificatePath == files[0].path && server.privateKeyPath == files[1].path)
      #expect(server.keySecret != nil)
      let mail = try #require(server.mailServer)
      #expect(mail.address == MailServerAddress("smtp://mail.example.org:587") && mail.sender == "forum@example.org")
      #expect(mail.user == "forum" && mail.authorityPath == files[0].path)
      #expect(mail.password != nil && !"\(mail)".contains("horse"))
      #expect(try server.mailsPerMinute == number(.mailsPerMinute))
      #expect(server.webAddress?.text == "https://register.example.org")
      #expect(try server.publicCallsPerMinute == number(.publicCallsPerMinute))
      #expect(settings.logLevel == .trace && settings.clock.isRehearsal)
      #expect(try server.certificateRefresh == seconds(.certificateRefresh))
      #expect(try server.maximumMessageBytes == number(.maximumMessageBytes))
      #expect(try server.maximumStreams == number(.maximumStreams))
      #expect(try server.maximumConnectionsPerAddress == number(.maximumConnectionsPerAddress))
      #expect(try server.maximumStrangers == number(.maximumStrangers))
      #expect(try server.maximumConnectionsPerCaller == number(.maximumConnectionsPerCaller))
      #expect(try server.handshakeTimeout == seconds(.handshakeTimeout))
      #expect(try server.strangerTimeout == seconds(.strangerTimeout))
      #expect(try server.silenceTimeout == seconds(.silenceTimeout))
      #expect(try server.signOfLifeTimeout == seconds(.signOfLifeTimeout))
      #expect(try server.stopTimeout == seconds(.stopTimeout))
      #expect(try server.maximumWatchesPerCaller == number(.maximumWatchesPerCaller))
      #expect(try server.maximumHealthWatches == number(.maximumHealthWatches))
      #expect(try server.maximumSearches == number(.maximumSearches))
      #expect(try server.searchesPerMinute == number(.searchesPerMinute))
      #expect(try server.rosterPatience == seconds(.rosterPatience))
      #expect(try server.deviceAuthority?.lifetime == .seconds(number(.deviceCertificateDays) * 86_400))
    }
  }

  @Test("Is the default of the field that it fills, and fills one, or is made into something else")
  func fields() {
    let server = ServerSettings(certificatePath: "", privateKeyPath: "")
    for setting in Setting.allCases {
      guard case .number(_, _, let field) = setting.values else { continue }
      guard let field else {
        #expect(setting == .deviceCertificateDays)
        continue
      }
      let fallback = setting.number.fallback
      switch field {
      case .count(let path): #expect(server[keyPath: path] == fallback, "\(setting.name)")
      case .seconds(let path): #expect(server[keyPath: path] == .seconds(fallback), "\(setting.name)")
      }
    }
  }

  @Test("Is refused where the file has it twice, even with one value")
  func twice() async throws {
    try await withTemporaryFolder { url in
      let folder = DataFolder(path: url.appending(path: "data").path)
      try folder.create()
      let twice = [#"{"max-streams":5,"max-streams":6}"#, #"{"max-streams":5,"log-level":"info","max-streams":5}"#]
      for document in twice {
        try Data(document.utf8).write(to: URL(fileURLWithPath: folder.settings))
        do {
          _ = try await ServeSettings.resolve(ServeOptions.parse([]), folder: folder, environment: [:])
          Issue.record("taken: \(document)")
        } catch let failure as CommandFailure {
          #expect(failure.status == .usage && "\(failure)".contains("max-streams twice"), "\(failure)")
        }
      }
    }
  }

  @Test("Is refused by the name of its file where that holds none, or something that is no value, and ends with 2")
  func noSettings() async throws {
    try await withTemporaryFolder { url in
      let folder = DataFolder(path: url.appending(path: "data").path)
      try folder.create()
      let cases = [
        ("[]", ""), ("null", ""), ("7", ""), ("", ""), ("{", ""), (#"{"log-level": null}"#, "the setting log-level"),
        (#"{"log-level": ["info"]}"#, "the setting log-level"), (#"{"max-streams": null}"#, "the setting max-streams"),
        (#"{"max-streams": 1.5}"#, "the setting max-streams"), (#"{"max-streams": {}}"#, "the setting max-streams"),
      ]
      for (document, setting) in cases {
        try Data(document.utf8).write(to: URL(fileURLWithPath: folder.settings))
        do {
          _ = try await ServeSettings.resolve(ServeOptions.parse([]), folder: folder, environment: [:])
          Issue.record("taken: \(document)")
        } catch let failure as CommandFailure {
          let said = "\(failure)"
          #expect(failure.status == .usage && said.contains(folder.settings), "\(said)")
          #expect(setting.isEmpty || said.contains(setting), "\(said)")
          #expect(!said.contains("error 1"), "\(said)")
        }
      }
    }
  }

  @Test(
    "Is refused by its name and with its range, from option, environment and file alike",
    // A user may be called anything.
    arguments: Setting.allCases.filter { $0 != .mailUser }
  )
  func refused(_ setting: Setting) async throws {
    try await withTemporaryFolder { url in
      let folder = DataFolder(path: url.appending(path: "data").path)
      try folder.create()
      let wrong = Self.wrong(setting)
      let isFile = [.certificate, .privateKey, .badgeKeyFile, .mailPasswordFile, .mailAuthority].contains(setting)
      if setting == .privateKey { try Data().write(to: URL(fileURLWithPath: folder.serverCertificate)) }
      func failure(_ option: [String], _ environment: [String: String]) async throws -> String? {
        do {
          _ = try await ServeSettings.resolve(ServeOptions.parse(option), folder: folder, environment: environment)
          return nil
        } catch let input as InvalidInput {
          return input.violations.map { "\($0.field) \($0.reason(in: .english))" }.joined(separator: "; ")
        } catch {
          return "\(error)"
        }
      }
      var said = [
        try await failure(["--\(setting.name)", wrong], [:]), try await failure([], [setting.environment: wrong]),
      ]
      let value = setting.isNumber ? wrong : "\"\(wrong)\""
      try Data("{\"\(setting.name)\": \(value)}".utf8).write(to: URL(fileURLWithPath: folder.settings))
      said.append(try await failure([], [:]))
      for fault in said {
        #expect(fault?.contains("the setting \(setting.name)") == true, "\(fault ?? "taken")")
        #expect(fault?.contains("is \(wrong)") == true, "\(fault ?? "taken")")
        #expect(
          isFile || [.grpc, .web].contains(setting) || fault?.contains(setting.form) == true,
          "\(fault ?? "taken")"
        )
      }
      let type = setting.isNumber ? "\"5\"" : "5"
      try Data("{\"\(setting.name)\": \(type)}".utf8).write(to: URL(fileURLWithPath: folder.settings))
      #expect(try await failure([], [:])?.contains("the setting \(setting.name) is no") == true)
      guard setting.isNumber else { return }
      try FileManager.default.removeItem(atPath: folder.settings)
      for said in [
        try await failure(["--\(setting.name)", "many"], [:]), try await failure([], [setting.environment: "many"]),
      ] {
        #expect(said == "lanyard: the setting \(setting.name) is not a whole number; say \(setting.form)")
      }
    }
  }
}
