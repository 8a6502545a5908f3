import BadgeCodes
import BadgePrinting
import Foundation
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTexts
import SwiftProtobuf

/// One run of `PreviewBadges`: measures the badges of all who are confirmed, and draws the hardest.
struct BadgePreview {
  /// How many are measured at once.
  private static let partSize = 200
  /// The most badges that are named that cannot be printed.
  private static let leftOutLimit = 100
  /// The most bytes of the picture: clients take messages of 4 MiB.
  private static let pictureLimit = 3 << 20
  /// A code as long as those of badges, which no key signed: it opens nothing.
  private static let sampleCode = "LY1" + String(repeating: "SAMPLE", count: 30)

  private let event: Event
  private let design: RequestedDesign
  private let language: Language

  /// - Throws: `InvalidInput` with the field that says nothing that is known.
  init(_ request: Lanyard_V1_PreviewBadgesRequest, of event: Event, for language: Language) throws(InvalidInput) {
    self.event = event
    self.language = language
    design = try .stated(request.design, request.hasDesignFile ? request.designFile : nil) ?? .usual
  }

  func run(from store: any RegistrationStore & ProgrammeStore) async throws -> Lanyard_V1_PreviewBadgesResponse {
    let wording = try await BadgeWording(event, store)
    let desk = try PreviewDesk(await design.design(for: wording.terms), in: event.language)
    let code = try QRSymbol(ofBadge: Self.sampleCode)
    var response = Lanyard_V1_PreviewBadgesResponse()
    var filter = RegistrationFilter()
    filter.state = .confirmed
    try await eachPage {
      try await store.registrations(of: event.slug, matching: filter, $0).page
    } _: { registrations in
      let bearers = registrations.filter { $0.erasedAt == nil }
      let badges = bearers.map { bearer in
        let person = bearer.details.person
        return PreviewDesk.Candidate(
          id: bearer.id,
          badge: wording.printed(bearer, number: Self.sampleNumber, code),
          isSingle: person.familyName.isEmpty || person.givenName.isEmpty
        )
      }
      for start in stride(from: 0, to: badges.count, by: Self.partSize) {
        let faults = await desk.consider(Array(badges[start..<min(start + Self.partSize, badges.count)]))
        response.leftOutSize += Int32(faults.count)
        response.leftOut += faults.prefix(Self.leftOutLimit - response.leftOut.count).map { left(out: $0) }
      }
      response.totalSize += Int32(badges.count)
    }
    let entries = await desk.chosen
    response.shown = entries.map { shown($0) }
    response.scriptsNotShown = await desk.scriptsNotShown
    let captions = response.shown.enumerated().map { "\($0 + 1) · \($1.message)" }
    response.content = Data(try await desk.picture(captions, limit: Self.pictureLimit))
    return response
  }

  /// What stands on real ones after the end of their serial.
  private static let sampleNumber = PrintedBadge.number(BadgeSerial(0), issue: 1)

  private func name(_ registration: String) -> String {
    ResourceName.registration(registration, of: event.slug).description
  }

  private func left(
    out fault: (id: String, name: String, sentences: [Sentence])
  ) -> Lanyard_V1_PreviewBadgesResponse.LeftOut {
    var told: [String] = []
    // What is on both sides is said once.
    for text in fault.sentences.map({ Phrasebook.of(language).text($0, for: .page) }) where !told.contains(text) {
      told.append(text)
    }
    return .with {
      ($0.registration, $0.displayName) = (name(fault.id), fault.name)
      $0.message = told.joined(separator: "; ")
    }
  }

  private func shown(_ entry: HardestNames.Entry) -> Lanyard_V1_PreviewBadgesResponse.Shown {
    let phrasebook = Phrasebook.of(language)
    return .with {
      $0.registration = name(entry.id)
      $0.displayName = entry.badge.name
      for reason in entry.reasons.map(\.kind.wire) where !$0.reasons.contains(reason) { $0.reasons.append(reason) }
      $0.scripts = entry.reasons.compactMap(\.script)
      let words = entry.reasons.map { phrasebook.text($0.sentence(in: phrasebook), for: .page) }
      $0.message = words.joined(separator: " · ")
    }
  }
}

/// Measures and draws on the thread of all badges.
private actor PreviewDesk {
  struct Candidate: Sendable {
    let id: String
    let badge: PrintedBadge
    let isSingle: Bool
  }

  private let thread = BadgeThread.badges
  private let painter: BadgePainter
  private var hardest = HardestNames()

  nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

  /// - Throws: `FontsMissing`.
  init(_ design: BadgeDesign, in language: Language) throws {
    painter = BadgePainter(design, try BadgeFile.loadedFonts(), in: language)
  }

  /// Looks at more badges; returns what keeps some of them from being printed.
  func consider(_ candidates: [Candidate]) -> [(id: String, name: String, sentences: [Sentence])] {
    var faults: [(id: String, name: String, sentences: [Sentence])] = []
    for candidate in candidates {
      let found = painter.faults(of: candidate.badge)
      if !found.isEmpty {
        faults.append((candidate.id, candidate.badge.name, found.map(\.sentence)))
      } else if let measure = painter.measure(candidate.badge) {
        hardest.consider(candidate.badge, id: candidate.id, isSingle: candidate.isSingle, measure)
      }
    }
    return faults
  }

  var chosen: [HardestNames.Entry] { hardest.chosen }

  var scriptsNotShown: [String] { hardest.scriptsNotShown }

  /// A PNG file of those that were chosen; empty where nobody was.
  func picture(_ captions: [String], limit: Int) throws(DrawingError) -> [UInt8] {
    let entries = zip(hardest.chosen, captions).map { (badge: $0.badge, caption: $1) }
    return entries.isEmpty ? [] : try PreviewSheet(painter, entries).png(limit: limit)
  }
}

extension HardestNames.Reason {
  fileprivate func sentence(in phrasebook: Phrasebook) -> Sentence {
    switch kind {
    case .smallestLetters: Sentence(.previewSmallestLetters)
    case .longestName: Sentence(.previewLongestName)
    case .mostLines: Sentence(.previewMostLines)
    case .highestLetters: Sentence(.previewHighestLetters)
    case .singleName: Sentence(.previewSingleName)
    case .longestOrganisation: Sentence(.previewLongestOrganisation)
    case .script: Sentence(.previewScript, ["script": .text(phrasebook.script(script ?? ""))])
    }
  }
}
