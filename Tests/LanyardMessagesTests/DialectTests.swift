import Foundation
import LanyardDomain
import LanyardMessages
import Testing

@Suite("The sources") struct DialectTests {
  private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources")

  /// Lines of code with all of these texts, outside of the files where they have their one place.
  private static func lines(with texts: [String], outside home: String) throws -> [String] {
    var found: [String] = []
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    for case let file as URL in try #require(files) where file.pathExtension == "swift" {
      guard !file.path.contains("/LanyardAPI/"), !file.path.contains(home) else { continue }
      let content = try Data(contentsOf: file)
      guard texts.allSatisfy({ content.range(of: Data($0.utf8)) != nil }) else { continue }
      for line in String(decoding: content, as: UTF8.self).split(separator: "\n") {
        let code = line.drop { $0 == " " }
        if !code.hasPrefix("//"), texts.allSatisfy(code.contains) { found.append("\(file.lastPathComponent): \(code)") }
      }
    }
    return found
  }

  @Test(
    "Write and read names of resources in ResourceName alone",
    arguments: [
      ["\"events/"], ["s/\\("], ["s/-\""], ["/checkpoints/\""], ["/sessions/\""], ["/registrations/\""], ["/badges/\""],
      ["/attendance\""], ["verificationKeys/"], ["tokens/"],
    ]
  )
  func names(texts: [String]) throws {
    let found = try Self.lines(with: texts, outside: "/LanyardDomain/Values/ResourceName")
    // Addresses of pages are no names.
    #expect(found.filter { line in !Self.ofPages.contains { line.hasPrefix("\($0).swift: ") } } == [])
  }

  /// Files that have addresses of pages.
  private static let ofPages = [
    "Assets", "DeskDrawing", "DeskPersonDrawing", "OwnPage", "OwnSession", "Programme+View", "Site+DeskBadges",
    "Site+Me",
    "Site+Session", "WebMailLinks",
  ]

  @Test("Take no name of a resource apart but in ResourceName") func parts() throws {
    let found = try Self.lines(with: ["split(separator: \"/\""], outside: "/LanyardDomain/Values/ResourceName")
    // The text that a new device is given is no name, nor is the address of a page.
    let others = ["EnrolmentLink.swift: ", "FailurePages.swift: "]
    #expect(found.filter { line in !others.contains { line.hasPrefix($0) } } == [])
  }

  @Test("Take nothing for a name that is none") func lenient() throws {
    #expect(try Self.lines(with: ["contains(\"/\")"], outside: "/LanyardLoad/Scenario/") == [])
    for part in ["?.id", "?.event"] {
      let found = try Self.lines(with: ["ResourceName(", "\(part) ?? "], outside: "/LanyardDomain/Values/ResourceName")
      // What a server refused, and what a load test found amiss, may be just that: it is shown as it is.
      #expect(found.filter { !$0.hasPrefix("KeptCommand.swift: ") && !$0.hasPrefix("AuditFaults.swift: ") } == [])
    }
  }

  @Test("Take the nearest moment for one that is none only where it is shown") func moments() throws {
    let found = try Self.lines(with: ["Instant(shown:"], outside: "/LanyardScanner/Screen/")
    let commands = [
      "DeviceListCommand", "EventClock", "KeysCommand", "MailCommand", "PeopleCommand", "RegistrationsCommand+Link",
      // What is said about a refusal.
      "CheckIn+Guidance",
      // Pages.
      "DeskBadgesPage", "DeskDrawing", "DeskHistory", "DeskPersonDrawing", "OwnPage", "ReviewDrawing", "Site+Data",
      "Site+DeskBadges", "Site+SignIn", "VisitorCalls+Events",
    ]
    #expect(found.filter { line in !commands.contains { line.hasPrefix("\($0).swift: ") } } == [])
  }

  @Test("Say in PassageSQL alone what lets somebody pass, and what stands of it")
  func passages() throws {
    for text in ["answer <> '", "answer = '", "scan_undo WHERE scan_undo.scan_sequence"] {
      let found = try Self.lines(with: [text], outside: "/PassageSQL.swift")
      // What is in a schema that is on disk stays as it was written.
      #expect(found.filter { !$0.hasPrefix("Schema") } == [])
    }
  }

  @Test("Name the reason of an error in ErrorReason alone", arguments: ErrorReason.allCases)
  func reasons(reason: ErrorReason) throws {
    let found = try Self.lines(with: ["\"\(reason.rawValue)\""], outside: "/LanyardMessages/Errors/")
    // Badges, registrations and mails have words of their own that are the same.
    let words = ["case notConfirmed = ", "case alreadyRegistered = "]
    #expect(found.filter { line in !words.contains { line.contains($0) } } == [])
  }

  @Test("Read masks of updates, and compare the event of a name with that of its request, in one place")
  func requests() throws {
    #expect(try Self.lines(with: ["updateMask.paths"], outside: "/LanyardMessages/Values/") == [])
    let found = try Self.lines(with: ["InvalidInput(", ".otherEvent"], outside: "/ResourceName+Fields.swift")
    // A stream of rows stays with the event that it began with.
    #expect(found.filter { !$0.contains(".otherEventOnStream") } == [])
  }

  @Test("Say the version of the program in one place") func version() throws {
    let literal = "\"\(ProgramVersion.current)\""
    #expect(try Self.lines(with: [literal], outside: "/LanyardDomain/Values/ProgramVersion") == [])
  }

  @Test(
    "Turn values of the domain into messages in LanyardMessages alone",
    arguments: [
      ["extension Google_Protobuf_Timestamp {"], ["Google_Protobuf_Timestamp(seconds"], ["Google_Protobuf_Timestamp()"],
      ["Lanyard_V1_CheckIn()"], ["Lanyard_V1_CheckIn.with"], ["undo.undoTime = "], ["Lanyard_V1_OfflineCheckIn.with"],
      ["Lanyard_V1_Override.with"], ["Lanyard_V1_Scan.with"], ["Lanyard_V1_MissedExit.with"],
      ["extension Lanyard_V1_FeedEntry"], ["extension Lanyard_V1_AuditEntry"],
      ["extension Lanyard_V1_RosterPresence"], ["RawValue(", "shortName"], ["rawValue: ", "shortName"],
    ]
  )
  func messages(texts: [String]) throws {
    #expect(try Self.lines(with: texts, outside: "/LanyardMessages/") == [])
  }

  @Test("Read lengths, follow pages, and escape texts of a page in one place each")
  func once() throws {
    for texts in [[".nanos"], ["Google_Protobuf_Duration(rounding"], ["Google_Protobuf_Duration(seconds"]] {
      let found = try Self.lines(with: texts, outside: "/LanyardMessages/Values/")
      #expect(found.filter { !$0.contains(".nanoseconds(") } == [])
    }
    let loops = try Self.lines(with: ["while", "ageToken.isEmpty"], outside: "/LanyardClient/Listing")
    // Pages ask as their visitor.
    #expect(loops.filter { !$0.hasPrefix("VisitorCalls+Events.swift: ") } == [])
    #expect(try Self.lines(with: ["&amp;"], outside: "/LanyardTexts/HTMLText") == [])
  }

  @Test("Give no default to a value that is not known, whichever type it is of")
  func rows() throws {
    // A number of the system's, another name that people have for an encoding, a report of another version as it is, and what
    // somebody typed into a form.
    let others = ["FullDisk.swift: ", "TextEncoding.swift: ", "Figures.swift: ", "Site+Data.swift: "]
    let found = try Self.lines(with: ["(rawValue:", " ?? "], outside: "/LanyardMessages/")
    #expect(found.filter { line in !others.contains { line.hasPrefix($0) } } == [])
    let passedOver = try Self.lines(with: ["(rawValue:", "latMap {"], outside: "/LanyardMessages/")
    // Then the roster is not whole, and is asked for anew. A page passes over what a browser sent, and changes that it has no
    // words for.
    let known = ["LaneRoster+Stored.swift: ", "DeskHistory.swift: ", "VisitReading.swift: "]
    #expect(passedOver.filter { line in !known.contains { line.hasPrefix($0) } } == [])
    #expect(try Self.lines(with: ["ompactMap(", ".init(rawValue:"], outside: "/LanyardMessages/") == [])
  }
}
