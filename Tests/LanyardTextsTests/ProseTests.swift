import Foundation
import LanyardDomain
import Testing

@testable import LanyardTexts

@Suite("The sources of what people are told")
struct ProseTests {
  /// Modules whose texts are all sentences, but for what is in `untold`.
  private static let told = [
    "BadgeCodes", "LanyardCertificates", "LanyardClient", "LanyardDomain", "LanyardMail", "LanyardMessages",
    "LanyardPortal", "LanyardScanner",
    "LanyardServer", "LanyardYAML", "lanyard",
  ]

  /// Modules and folders whose texts no catalogue has, and who reads them.
  private static let untold = [
    "BadgePrinting": "the log, for who runs the server; of designs, examples of what to write in them",
    "LanyardAPI": "who writes a client: it is made of the contract",
    "LanyardLoad": "who measures, in reports that are in English wherever they are made, so that they can be compared",
    "LanyardSQLite": "the log, for who runs the server",
    "LanyardStore": "the log, for who runs the server",
    "LanyardTesting": "who runs the tests",
    "LanyardTexts": "who keeps the catalogues",
    "lanyard/Bench": "who measures, as of LanyardLoad",
    "lanyard/Loadtest": "who measures, as of LanyardLoad",
  ]

  /// Files whose prose no catalogue has, and who reads it.
  private static let exempt = [
    "BadgeKeyError.swift": "the log, for who runs the server",
    "BadgePayload.swift": "the log, for who runs the server",
    "QRSymbol.swift": "the log, for who runs the server",
    "RosterSeal.swift": "nobody: a key is derived with it",
    "Setting.swift": "options' help and the manual's table",
    "MailLetter+Text.swift": "nobody: it is HTML around sentences",
    "StoreWatch.swift": "the log, for who runs the server",
    "PeerConduct.swift": "the log, for who runs the server",
    "Country+OtherNames.swift": "nobody: it is compared with what people write",
    "Country+ThreeLetters.swift": "nobody: it is compared with what people write",
    "Country+UsualNames.swift": "nobody: it is compared with what people write",
    "MethodDescriptor+Command.swift": "commands, as they are typed",
    "Country+PrintedNames.swift": "nobody: it is compared with what people write",
    "LocalDate.swift": "who decodes JSON in a program",
    "ConnectionGuard.swift": "who writes a client, in the GOAWAY that ends its connection",
    "KeyboardLayout.swift": "keyboards by what their makers call them",
    "ReflectionProvider.swift": "who looks at the service with a tool of gRPC's",
  ]

  /// What nobody reads who is not told in sentences: what is given to these, up to their closing parenthesis.
  private static func isGivenToUnread(_ context: String) -> Bool {
    let calls = /(?:logger\.\w+|\.log|preconditionFailure|precondition|assert|assertionFailure|registerMigration)\(/
    return context.matches(of: calls).contains { call in
      var depth = 1
      for character in context[call.range.upperBound...] {
        depth += character == "(" ? 1 : character == ")" ? -1 : 0
        if depth == 0 { return false }
      }
      return true
    }
  }

  /// A command's help and the first steps, which are in English, and the contract's words in a fault: what stands right behind one of these.
  private static func isLabelledUnread(_ context: String) -> Bool {
    context.contains(/(?:help|abstract|discussion|known|firstSteps =):? *(?:ArgumentHelp\()?(?:\s*"{2,6}\s*\+?)*\s*$/)
  }

  /// What two words in a row are that nobody reads: headers for browsers, commands to type, marks of files, names that a token is made of or an
  /// authority has, and what the transport says, which is looked for.
  private static let other = [
    "; charset=", "; filename=", "max-age=", "; HttpOnly", "Accept-Encoding, ", "-src '", "form-action '", "base-uri '",
    "frame-ancestors '",
    "lanyard ", "-----", "/attendees of ", "/checkIns at ", "/peopleInside at ", "/badges of ", "/auditEntries of ",
    "Channel is in a transient",
    "The server accepted the TCP connection", "Failed to resolve",
    "SELECT ", "INSERT ", "UPDATE ", "DELETE ", "CREATE ", "ALTER ",
    "PRAGMA ",
    " --checkpoint ", "--event SLUG ", "secret withheld", "Lanyard devices", "Lanyard local authority",
  ]

  @Test("Are all known: each module is told in sentences, or in a list with who reads it")
  func modules() throws {
    let folders = try FileManager.default.contentsOfDirectory(at: Project.sources, includingPropertiesForKeys: nil)
    let modules = try folders.filter { try !Self.files(of: $0.lastPathComponent).isEmpty }.map(\.lastPathComponent)
    #expect(Set(modules) == Set(Self.told).union(Self.untold.keys.filter { !$0.contains("/") }))
    for place in Self.untold.keys { #expect(try !Self.files(of: place).isEmpty, "\(place) is there no more") }
  }

  @Test("Have their sentences in the catalogues, and no prose of their own", arguments: told)
  func prose(place: String) throws {
    var found: [String] = []
    let others = try Set(Self.untold.keys.filter { $0.hasPrefix("\(place)/") }.flatMap(Self.files(of:)))
    for file in try Self.files(of: place)
    where Self.exempt[file.lastPathComponent] == nil && !others.contains(file) {
      found += Self.prose(in: try String(contentsOf: file, encoding: .utf8)).map { "\(file.lastPathComponent): \($0)" }
    }
    #expect(found == [], "make a Sentence of it")
  }

  @Test("Put no word of the contract into a sentence as a text")
  func rawValues() throws {
    var found: [String] = []
    for file in try Self.files(of: "") where !file.path.contains("/LanyardAPI/") {
      let source = try String(contentsOf: file, encoding: .utf8)
      found += source.matches(of: Self.contractFact).map { "\(file.lastPathComponent): \($0.output)" }
      found += source.matches(of: Self.contractLine).map { "\(file.lastPathComponent): \($0.output)" }
    }
    // What kind of device it is is told by its name where this version knows it.
    let known = [#"EnrolCommand.swift: ": profile.value.map { .profile($0) } ?? .text(profile.shortName"#]
    #expect(found.filter { !known.contains($0) } == [], "make it a fact of its own kind, as in Sentence+Label.swift")
  }

  /// A word of the contract as a fact of a sentence.
  private static var contractFact: Regex<Substring> {
    /": (?:[^\n,"]*\?\? )?\.(?:text|list)\([^\n]*(?:rawValue|shortName|kindName)/
  }

  /// A word of the contract in a line that a person reads.
  private static var contractLine: Regex<Substring> {
    /Console\.(?:line|error)\([^\n]*"[^\n]*\\\([^\n]*(?:rawValue|shortName|kindName)\)/
  }

  @Test("Write words of the contract for programs alone: in JSON, and in tables that are read as such")
  func programs() throws {
    var found: [String: Int] = [:]
    for file in try Self.files(of: "lanyard") {
      let source = try String(contentsOf: file, encoding: .utf8)
      let uses = source.matches(of: /\.(?:shortName|kindName)\b/).count
      if uses > 0 { found[file.lastPathComponent] = uses }
    }
    let known = [
      "BadgePreviewCommand.swift": 1, "EnrolCommand.swift": 2, "KeptCommand.swift": 1, "LaneScreen.swift": 2,
    ]
    #expect(found == known, "where a person reads it, it is a title, as in Sentence+Label.swift")
  }

  @Test("Know a word of the contract in a sentence and in a line")
  func contractWords() {
    for code in [
      #"["mark": .text(badge.attention.kindName)]"#, #"["a": .list(all.map(\.rawValue))]"#,
      #"["a": x.map { .state($0) } ?? .text(x.shortName)]"#,
    ] { #expect(code.contains(Self.contractFact), "\(code)") }
    for code in [
      #"Console.line("\(held.serial)  \(held.state.shortName)")"#,
      #"Console.line(json ? a : "\(made.state.shortName)  \(made.name)")"#,
    ] { #expect(code.contains(Self.contractLine), "\(code)") }
    #expect(!#"Console.line("\(held.serial)  \(phrasebook.text(held.state.title))")"#.contains(Self.contractLine))
  }

  @Test("Put no error into a sentence as the program calls it, but in the one that says so")
  func errors() throws {
    var found: [String] = []
    for place in Self.told + ["LanyardSQLite", "LanyardStore", "LanyardTexts"] {
      for file in try Self.files(of: place) where file.lastPathComponent != "SpokenError.swift" {
        let source = try String(contentsOf: file, encoding: .utf8)
        found += source.matches(of: /\.(?:text|told)\("[^\n"]*\\\((?:error|fault|failure)\)/).map {
          "\(file.lastPathComponent): \($0.output)"
        }
      }
    }
    #expect(found == [], "it is told as its sentence, or as Sentence.unexpected")
  }

  @Test("Know prose from keys, names, formats, commands and the log")
  func known() {
    for code in [
      #"throw Refused("The server does not answer.")"#, #"  reason: "is \(text): say \(form), such as this""#,
      #"return "a comma or } is missing here""#, #"code = "web address""#, #"return .told("damaged")"#,
      #"Sentence(.laneSay, ["why": .text("damaged")])"#, "let text = \"\"\"\n  The server\n  \"\"\"",
      #"say("\(names.joined(separator: ", ")) are here")"#, #"Refusal(reason: "damaged")"#,
      #"Console.line("taken back")"#, "@Flag(help: \"Print.\")\nvar json = false\nthrow Refused(\"It is not there.\")",
      #"logger.info("done"); say("It is not there.")"#,
    ] {
      #expect(Self.prose(in: code).count == 1, "\(code)")
    }
    for code in [
      #"// "The server does not answer.""#, #"logger.warning("a device's clock is wrong")"#,
      "logger.info(\n  \"people were looked up by name\"", #"Sentence(.laneServerSilent)"#, #"["scan.id", "a-b c"]"#,
      #"sql: "SELECT id FROM event WHERE slug = ?""#, #"preconditionFailure("no plan without an event")"#,
      #"let command = "lanyard scan --device \(path)""#, #"reason: "OFFLINE""#, #"/// Says "it is so"."#,
      #"help: "Print a line of JSON."#, "abstract:\n  \"List the badges.\"",
      "help: \"Whose it is; \"\n  + \"may be repeated.\"",
      #"logger.info("a lane is heard", metadata: ["cause": "it is there"])"#,
    ] {
      #expect(Self.prose(in: code) == [], "\(code)")
    }
  }

  private static func files(of place: String) throws -> [URL] {
    let root = Project.sources.appending(path: place)
    guard root.pathExtension != "swift" else { return [root] }
    let found = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
    return found.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
  }

  /// The literals of a source that a person may read: two words in a row, or a word that is given as what is wrong.
  private static func prose(in source: String) -> [String] {
    SourceLiteral.all(in: source).filter { literal in
      guard !isGivenToUnread(literal.context), !isLabelledUnread(literal.context),
        !other.contains(where: literal.text.contains)
      else { return false }
      return literal.text.contains(/[A-Za-z]{2,}[,;:.]?\s+[A-Za-z']{2,}/)
        || literal.context.contains(/(?:told\(|reason: |: \.text\()$/) && literal.text.contains(/^[A-Za-z]?[a-z]{2,}$/)
    }.map(\.text)
  }
}

@Suite("Words within sentences")
struct LabelTests {
  private static func titles<Value: Titled & RawRepresentable<String>>(
    _ values: [Value]
  ) -> [(word: String, fact: Sentence.Fact)] {
    values.map { ($0.rawValue, .sentence($0.title)) }
  }

  private static let facts: [(word: String, fact: Sentence.Fact)] =
    RegistrationState.allCases.map { ($0.rawValue, .state($0)) }
    + titles(Checkpoint.Directions.allCases) + titles(Participation.allCases) + titles(BadgeState.allCases)
    + titles(WithheldCode.allCases) + titles(BadgeDesignName.allCases.map(PrintDesign.delivered) + [.file])
    + titles(BadgeSheet.allCases)
    + RegistrationStep.allCases.map { ($0.rawValue, .step($0)) }
    + DeviceProfile.allCases.map { ($0.rawValue, .profile($0)) }
    + RefusalReason.allCases.map { ($0.rawValue, .sentence($0.title)) }

  @Test("Are those of the reader's language, and none is the contract's own word", arguments: Language.allCases)
  func words(language: Language) {
    let phrasebook = Phrasebook.of(language)
    for (word, fact) in Self.facts {
      guard case .sentence(let label) = fact else {
        Issue.record("\(word) is no entry of the catalogues")
        continue
      }
      let text = phrasebook.text(label)
      #expect(
        !text.contains("_") && (language == .english || text.lowercased() != word.lowercased()),
        "\(word): \(text)"
      )
    }
  }

  @Test("Make a sentence that reads well with every state and step", arguments: Language.allCases)
  func sentences(language: Language) {
    let phrasebook = Phrasebook.of(language)
    for state in RegistrationState.allCases {
      for step in RegistrationStep.allCases {
        let text = phrasebook.text(Sentence(.errorWrongState, ["state": .state(state), "step": .step(step)]))
        #expect(!text.contains(state.rawValue) && !text.contains("{"))
      }
    }
    if language == .russian {
      let refused = Sentence(.errorWrongState, ["state": .state(.waitlisted), "step": .step(.cancel)])
      #expect(phrasebook.text(refused) == "Регистрация в листе ожидания; её нельзя отменить.")
    }
  }
}
