import Foundation
import LanyardDomain
import LanyardTesting
import Testing

@testable import LanyardTexts

@Suite("The catalogues of sentences", .blocking)
struct CatalogueTests {
  @Test("Have every sentence in every language, in plain text of that language", arguments: Language.allCases)
  func complete(language: Language) throws {
    let catalogue = try Catalogue.embedded(language)
    #expect(catalogue.entries.map(\.context).sorted() == Sentence.Key.allCases.map(\.context).sorted())
    for entry in catalogue.entries {
      #expect(!entry.isFuzzy && !entry.texts.contains(""), "\(entry.context)")
      #expect(!entry.comment.isEmpty, "\(entry.context) tells translators nothing")
      for scalar in entry.texts.joined().unicodeScalars {
        let kind = scalar.properties.generalCategory
        #expect(kind != .control && kind != .format, "\(entry.context) has U+\(String(scalar.value, radix: 16))")
      }
    }
    #expect(catalogue.header["Language"]?.hasPrefix(language.tag) == true)
  }

  @Test("Have the same English and the same facts in every language", arguments: Language.allCases)
  func alike(language: Language) throws {
    let english = try Catalogue.embedded(.english).entries
    for (entry, source) in zip(try Catalogue.embedded(language).entries, english) {
      #expect(entry.context == source.context)
      #expect([entry.source, entry.sourcePlural] == [source.source, source.sourcePlural])
      #expect(source.texts == [source.source] + (source.sourcePlural.map { [$0] } ?? []), "\(source.context)")
      let facts = try #require(try source.templates().last).facts
      let templates = try entry.templates()
      for template in templates {
        // A form for a single number may say it in words.
        let missing = facts.subtracting(template.facts)
        #expect(template.facts.isSubset(of: facts), "\(entry.context)")
        #expect(missing.isEmpty || missing == Self.inflecting(facts).map { Set([$0]) }, "\(entry.context)")
      }
      #expect(templates.last?.facts == facts, "\(entry.context)")
      #expect(entry.sourcePlural == nil || Self.inflecting(facts) != nil, "\(entry.context)")
    }
  }

  /// The fact whose number chooses the plural form.
  private static func inflecting(_ facts: Set<String>) -> String? {
    Sentence.inflectingFacts.first(where: facts.contains)
  }

  /// Sentences in which words follow a number that do not go by it.
  private static let uninflected: [Sentence.Key: String] = [
    .importTooLarge: "a unit",
    .programmeTooLarge: "a unit",
    .scenarioManyArrivals: "nothing that is counted",
    .scenarioSearchFast: "nothing that is counted",
    .scenarioSearchMany: "nothing that is counted",
    .doneInAll: "nothing that is counted; others have the number at the end",
    .doneSentOut: "nothing that is counted; others have the number at the end",
    .doneRenewed: "nothing that is counted; others have the number at the end",
    .doneRenewedByOthers: "nothing that is counted; others have the number at the end",
  ]

  @Test("Have plural forms where words go by a number")
  func inflected() throws {
    for entry in try Catalogue.embedded(.english).entries where entry.sourcePlural == nil {
      let key = try #require(Sentence.Key(context: entry.context))
      let goesOn = entry.source.contains(/\{(?:count|limit)\} \p{L}/)
      #expect(goesOn == (Self.uninflected[key] != nil), "\(entry.context): \(entry.source)")
    }
  }

  @Test("Say a number in words only in a form for that number alone", arguments: Language.allCases)
  func numbersInWords(language: Language) throws {
    let catalogue = try Catalogue.embedded(language)
    let uses = Dictionary(grouping: 0...200, by: catalogue.pluralRule.form)
    for entry in catalogue.entries where entry.sourcePlural != nil {
      let templates = try entry.templates()
      let fact = try #require(templates.last.flatMap { Self.inflecting($0.facts) })
      for (form, template) in templates.enumerated() where !template.facts.contains(fact) {
        #expect(uses[form]?.count == 1, "\(entry.context) [\(form)]")
      }
    }
  }

  @Test("Call each key by a name that leads back to it")
  func names() {
    for key in Sentence.Key.allCases { #expect(Sentence.Key(context: key.context) == key) }
    for other in ["", "operator", "operator.", ".unreadable", "operator.none", "operatorUnreadable"] {
      #expect(Sentence.Key(context: other) == nil)
    }
  }

  @Test("Have no key that no code uses")
  func used() throws {
    let files = FileManager.default.enumerator(at: Project.sources, includingPropertiesForKeys: nil)
    var used: Set<Substring> = []
    while let file = files?.nextObject() as? URL {
      guard ["swift", "mustache"].contains(file.pathExtension), file.lastPathComponent != "Sentence+Key.swift",
        !file.path.contains("/LanyardAPI/")
      else { continue }
      for match in try String(contentsOf: file, encoding: .utf8).matches(of: /\.([a-z]+[A-Z][A-Za-z0-9]*)/) {
        used.insert(match.output.1)
      }
    }
    let unused = Sentence.Key.allCases.filter { !used.contains("\($0)"[...]) }
    #expect(unused.isEmpty, "\(unused.map(\.context))")
  }

  @Test("Pass the checks of gettext", arguments: Language.allCases)
  func gettext(language: Language) throws {
    let checked = try Tool.run(
      "msgfmt",
      "--check",
      "--output-file=/dev/null",
      "\(language.tag).po",
      in: Project.catalogues
    )
    #expect(checked.status == 0)
  }

  @Test("Are read as gettext reads them", arguments: Language.allCases)
  func readAsGettext(language: Language) throws {
    // msgexec hands each text to a program as it understood it, the forms of a plural each by itself.
    let texts = try Tool.run("msgexec", "-i", "\(language.tag).po", "0", in: Project.catalogues)
    #expect(texts.status == 0)
    let read = texts.output.split(separator: "\0", omittingEmptySubsequences: false).dropFirst().dropLast()
    #expect(read.map(String.init) == (try Catalogue.embedded(language)).entries.flatMap(\.texts))
  }
}

@Suite("Reading a catalogue")
struct CatalogueReaderTests {
  @Test("Takes comments, flags, plurals, and texts on several lines")
  func whole() throws {
    let read = try catalogue(
      """
      # A translator's own.
      #. To the operator.
      #, python-brace-format, fuzzy
      #| msgid "before"
      msgctxt "link."
      "uploading"
      msgid "{count} scan"
      msgid_plural "{count} scans"
      msgstr[0] "one \\"scan\\""
      msgstr[1] "{count}"
      "\\tscans\\n"
      #~ msgid "gone"
      #~ msgstr "gone"
      """
    )
    let entry = try #require(read.entries.first)
    #expect(read.entries.count == 1)
    #expect(entry.context == "link.uploading" && entry.comment == "To the operator." && entry.isFuzzy)
    #expect(entry.texts == ["one \"scan\"", "{count}\tscans\n"])
    #expect(entry.line == 10)
  }

  @Test(
    "Names the line of what is wrong",
    arguments: [
      ("msgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c", 8, "no quotes"),
      ("msgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\\x\"", 8, "escape"),
      ("msgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\"d\"", 8, "not escaped"),
      ("msgctxt \"a\"\nmsgstr \"c\"", 7, "does not follow"),
      ("msgctxt \"a\"\nmsgid \"b\"", 6, "no msgstr"),
      ("msgid \"b\"\nmsgstr \"c\"", 6, "no msgctxt"),
      ("msgctxt \"a\"\nmsgid \"b\"\nmsgid_plural \"bs\"\nmsgstr[0] \"c\"", 6, "1 texts; it needs 2"),
      ("msgctxt \"a\"\nmsgid \"b\"\nmsgid_plural \"bs\"\nmsgstr[1] \"c\"", 9, "msgstr[1]"),
      ("msgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\"\n\nmsgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\"", 10, "line 6 already"),
      ("\"a\"", 6, "without a keyword"),
      ("msgword \"a\"", 6, "no keyword"),
      ("nonsense", 6, "no line of a catalogue"),
    ]
  )
  func faults(text: String, line: Int, words: String) throws {
    let error = try #require(throws: CatalogueError.self) { try catalogue(text) }
    #expect(error.line == line && error.reason.contains(words), "\(error)")
  }

  @Test("Names what is wrong with the header and with the bytes")
  func header() throws {
    let plural = #expect(throws: CatalogueError.self) { try catalogue("", plural: "nplurals=2; plural=n/0;") }
    #expect(plural?.reason.contains("Plural-Forms") == true)
    for bytes in [[], [0xFF], Array("msgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\"".utf8)] as [[UInt8]] {
      #expect(throws: CatalogueError.self) { try Catalogue(reading: bytes) }
    }
    #expect(throws: CatalogueError.self) { try Catalogue(reading: Array(repeating: 0x20, count: 2 << 20)) }
  }

  @Test("Never falls over bytes that it does not expect", arguments: 0..<8 as Range<UInt64>)
  func generated(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let whole = Array(try Data(contentsOf: Project.catalogues.appending(path: "ru.po")).prefix(3000))
    for _ in 0..<30 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      // Whether it is taken or refused, it is not the end of the program.
      _ = try? Catalogue(reading: bytes)
    }
  }
}
