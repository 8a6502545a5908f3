import BadgeCodes
import BadgePrinting
import Crypto
import Foundation
import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTexts
import SwiftProtobuf

/// One run of `RenderBadges`: finds whose badges are asked for, sorts them, and sends the file part by part.
struct BadgeRun {
  /// How many badges are drawn at once, so that nothing of more of them is in memory.
  private static let partSize = 100
  /// The most bytes of one message: the fonts come with the last, and clients take 4 MiB.
  private static let messageSize = 256 << 10

  /// A badge that is to be drawn.
  private struct Wanted {
    let serial: BadgeSerial
    let code: String
    let registration: String
    /// Which of its registration's badges it is, from 1.
    let issue: Int
    let sortName: (family: String, given: String)
  }

  /// Which badges of those that the filter leaves are drawn.
  private enum Choice {
    case all
    /// Those that were never printed, or of which something else would stand on the badge now.
    case unprinted
    /// Those of a run, in its order, from a number of it on.
    case run(Int64, from: Int)
  }

  private let event: Event
  private let design: RequestedDesign
  private let sheet: BadgeSheet
  /// Whether nothing is drawn.
  private let isOnlyChecked: Bool
  private let serials: Set<BadgeSerial>
  private let choice: Choice
  private let filter: RegistrationFilter
  /// Only of those who registered for it, or for all.
  private let day: LocalDate?
  private let language: Language

  /// - Throws: `InvalidInput` with the field that says nothing that is known.
  init(_ request: Lanyard_V1_RenderBadgesRequest, of event: Event, for language: Language) throws(InvalidInput) {
    self.event = event
    self.language = language
    design = try RequestedDesign(request.design, request.hasDesignFile ? request.designFile : nil)
    sheet = try .stated(request.sheet, field: "sheet") ?? .single
    isOnlyChecked = request.validateOnly
    guard request.badges.count <= RequestLimit.badges else {
      throw InvalidInput(field: "badges", .tooManyNames(limit: RequestLimit.badges))
    }
    var serials: Set<BadgeSerial> = []
    for (index, name) in request.badges.enumerated() {
      serials.insert(try ResourceName.badge(name, of: event.slug, field: "badges[\(index)]"))
    }
    self.serials = serials
    filter = try RegistrationFilter(request, of: event)
    day = request.day.isEmpty ? nil : try event.day(request.day, field: "day")
    choice = try Self.choice(request, of: event)
  }

  private static func choice(
    _ request: Lanyard_V1_RenderBadgesRequest,
    of event: Event
  ) throws(InvalidInput) -> Choice {
    guard !request.printRun.isEmpty else {
      guard request.fromNumber == 0 else { throw InvalidInput(field: "from_number", .request(.needsPrintRun)) }
      return request.unprinted ? .unprinted : .all
    }
    let chosen = [
      "stakeholder_group": !request.stakeholderGroup.isEmpty, "guest_role": !request.guestRole.isEmpty,
      "day": !request.day.isEmpty, "badges": !request.badges.isEmpty, "unprinted": request.unprinted,
    ]
    if let field = chosen.filter(\.value).keys.min() {
      throw InvalidInput(field: field, .request(.besidePrintRun))
    }
    let number = try ResourceName.printRun(request.printRun, of: event.slug, field: "print_run")
    guard request.fromNumber >= 0 else { throw InvalidInput(field: "from_number", .request(.negativeNumber)) }
    return .run(number, from: max(1, Int(request.fromNumber)))
  }

  /// Sends the file.
  ///
  /// - Parameter record: Records what was drawn, in its order, and gives the run; nil where no record is kept.
  func run(
    from store: any BadgeStore & RegistrationStore & ProgrammeStore,
    to writer: RPCWriter<Lanyard_V1_RenderBadgesResponse>,
    record: (([BadgePrinting], _ design: PrintDesign) async throws -> PrintRun)?
  ) async throws {
    let wording = try await BadgeWording(event, store)
    let design = try await design.design(for: wording.terms)
    guard sheet.holds(design) else { throw InvalidInput(field: "sheet", .request(.sheetTooSmall)) }
    let title = event.title.text(in: event.language)
    let file = try BadgeFile(design, on: sheet, title: title, in: event.language)
    let printed = try await store.printedBadges(of: event.slug)
    let found = try await found(store).sorted { wording.phrasebook.precedes($0.sortName, $1.sortName) }
    let wanted = try await chosen(found, printed, wording, store)
    var response = Lanyard_V1_RenderBadgesResponse.with {
      $0.totalSize = Int32(clamping: wanted.count)
      $0.printedBefore = Int32(clamping: wanted.count { printed[$0.serial] != nil })
      if case .unprinted = choice { $0.passedOver = Int32(clamping: found.count - wanted.count) }
    }
    try await writer.write(response)
    (response.printedBefore, response.passedOver) = (0, 0)
    var prints: [BadgePrinting] = []
    for start in stride(from: 0, to: wanted.count, by: Self.partSize) {
      let part = wanted[start..<min(start + Self.partSize, wanted.count)]
      let (badges, gone) = try await faces(of: part, wording, store)
      let faces = badges.map(\.face)
      let drawn = try await isOnlyChecked ? file.check(faces) : file.add(faces)
      var left = gone.map { leftOut($0, [Sentence(.badgeErasedMeanwhile)]) }
      for (place, (badge, face)) in badges.enumerated() {
        if let faults = drawn.faults[place] {
          left.append(leftOut(badge, faults))
        } else {
          prints.append(BadgePrinting(serial: badge.serial, face: face.digest(with: badge.code)))
        }
      }
      response.drawn += Int32(part.count - left.count)
      response.leftOut = left
      try await send(drawn.bytes, response, to: writer)
    }
    if isOnlyChecked { return }
    let end = try await file.finish()
    (response.leftOut, response.pages) = ([], Int32(clamping: end.pages))
    if let record, !prints.isEmpty { response.printRun = try await record(prints, recordedDesign).name.description }
    // A file without a page is none.
    try await send(response.drawn == 0 ? [] : end.bytes, response, to: writer)
  }

  private func leftOut(_ badge: Wanted, _ faults: [Sentence]) -> Lanyard_V1_RenderBadgesResponse.LeftOut {
    let phrasebook = Phrasebook.of(language)
    return .with {
      $0.badge = ResourceName.badge(badge.serial, of: event.slug).description
      $0.message = faults.map { phrasebook.text($0, for: .page) }.joined(separator: "; ")
    }
  }

  /// What stands on badges, in their order, and those whose bearers were erased since they were found.
  private func faces(
    of badges: ArraySlice<Wanted>,
    _ wording: BadgeWording,
    _ store: any RegistrationStore
  ) async throws -> (faces: [(badge: Wanted, face: PrintedBadge)], gone: [Wanted]) {
    let bearers = zip(badges, try await store.registrations(badges.map(\.registration), of: event.slug))
    return (
      try bearers.filter { $1.erasedAt == nil }.map { ($0, try face(of: $0, $1, wording)) },
      bearers.filter { $1.erasedAt != nil }.map(\.0)
    )
  }

  private func face(of badge: Wanted, _ bearer: Registration, _ wording: BadgeWording) throws -> PrintedBadge {
    let number = PrintedBadge.number(badge.serial, issue: badge.issue)
    return wording.printed(bearer, number: number, try QRSymbol(ofBadge: badge.code))
  }

  /// Draws one badge.
  ///
  /// - Throws: `CallFault` where its texts cannot be printed.
  func file(
    of badge: Badge,
    _ bearer: Registration,
    from store: any BadgeStore & ProgrammeStore
  ) async throws -> (content: [UInt8], print: BadgePrinting, name: String) {
    let (face, file) = try await single(badge, bearer, store)
    let drawn = try await file.add([face])
    if let fault = drawn.faults[0]?.first { throw CallFault(reason: .badgeNotPrintable, sentence: fault) }
    let end = try await file.finish()
    let print = BadgePrinting(serial: badge.serial, face: face.digest(with: badge.code))
    return (drawn.bytes + end.bytes, print, face.name)
  }

  /// The front of one badge as a PNG file for a telephone.
  ///
  /// - Throws: `CallFault` where its texts cannot be drawn.
  func picture(
    of badge: Badge,
    _ bearer: Registration,
    from store: any BadgeStore & ProgrammeStore
  ) async throws -> [UInt8] {
    let (face, file) = try await single(badge, bearer, store)
    let drawn = try await file.picture(face, width: Self.pictureWidth)
    if let fault = drawn.faults[0]?.first { throw CallFault(reason: .badgeNotPrintable, sentence: fault) }
    return drawn.bytes
  }

  /// In pixels, as telephones have across.
  private static let pictureWidth = 1080

  /// What stands on one badge, and what it is drawn with.
  private func single(
    _ badge: Badge,
    _ bearer: Registration,
    _ store: any BadgeStore & ProgrammeStore
  ) async throws -> (face: PrintedBadge, file: BadgeFile) {
    let page = PageRequest(size: RequestLimit.page)
    let all = try await store.badges(of: event.slug, registration: badge.registration, page).items
    let wanted = Wanted(
      serial: badge.serial,
      code: badge.code,
      registration: badge.registration,
      issue: (all.firstIndex { $0.serial == badge.serial } ?? 0) + 1,
      sortName: ("", "")
    )
    let wording = try await BadgeWording(event, store)
    let face = try face(of: wanted, bearer, wording)
    let design = try await design.design(for: wording.terms)
    let title = event.title.text(in: event.language)
    return (face, try BadgeFile(design, on: sheet, title: title, in: event.language))
  }

  /// What is on record of the design.
  var recordedDesign: PrintDesign { design.recorded }

  /// Sends bytes in as many messages as they take; the last says what else there is to say.
  private func send(
    _ bytes: [UInt8],
    _ response: Lanyard_V1_RenderBadgesResponse,
    to writer: RPCWriter<Lanyard_V1_RenderBadgesResponse>
  ) async throws {
    var rest = bytes[...]
    while rest.count > Self.messageSize {
      try await writer.write(.with { $0.content = Data(rest.prefix(Self.messageSize)) })
      rest = rest.dropFirst(Self.messageSize)
    }
    var response = response
    response.content = Data(rest)
    try await writer.write(response)
  }

  /// Those that are drawn of the ones that were found.
  private func chosen(
    _ found: [Wanted],
    _ printed: [BadgeSerial: BadgePrinting],
    _ wording: BadgeWording,
    _ store: any BadgeStore & RegistrationStore
  ) async throws -> [Wanted] {
    switch choice {
    case .all: return found
    case .run(let number, let first):
      let bySerial = Dictionary(found.map { ($0.serial, $0) }) { first, _ in first }
      return try await store.badges(ofPrintRun: number, of: event.slug, from: first).compactMap { bySerial[$0.serial] }
    case .unprinted:
      var chosen: [Wanted] = []
      for start in stride(from: 0, to: found.count, by: Self.partSize) {
        let part = found[start..<min(start + Self.partSize, found.count)]
        let before = part.filter { printed[$0.serial] != nil }
        let faces = try await faces(of: before[...], wording, store).faces
        let same = Set(faces.filter { printed[$0.serial]?.face == $1.digest(with: $0.code) }.map(\.badge.serial))
        chosen += part.filter { !same.contains($0.serial) }
      }
      return chosen
    }
  }

  /// The badges that work, or wait to be activated, of those who are asked for.
  private func found(_ store: any BadgeStore & RegistrationStore) async throws -> [Wanted] {
    var names: [String: (family: String, given: String)] = [:]
    try await eachPage {
      try await store.registrations(of: event.slug, matching: filter, $0).page
    } _: { registrations in
      for registration in registrations where registration.erasedAt == nil {
        if let day, !registration.details.isFor(day) { continue }
        let person = registration.details.person
        let family = person.familyName.isEmpty ? person.givenName : person.familyName
        names[registration.id] = (family, person.givenName)
      }
    }
    var issues: [String: Int] = [:]
    var wanted: [Wanted] = []
    try await eachPage {
      try await store.badges(of: event.slug, registration: nil, $0)
    } _: { badges in
      for badge in badges {
        let issue = issues[badge.registration, default: 0] + 1
        issues[badge.registration] = issue
        guard badge.state.isPrinted, let name = names[badge.registration],
          serials.isEmpty || serials.contains(badge.serial)
        else { continue }
        wanted.append(
          Wanted(
            serial: badge.serial,
            code: badge.code,
            registration: badge.registration,
            issue: issue,
            sortName: name
          )
        )
      }
    }
    return wanted
  }
}

extension PrintedBadge {
  /// SHA-256 of what stands on the badge, by which it is seen whether it is another.
  ///
  /// - Parameter code: What the symbol says.
  func digest(with code: String) -> [UInt8] {
    var hash = SHA256()
    let words = [
      eventTitle, eventLine, name, organisation, country, group.label, "\(groupNumber)", role?.label ?? "", number,
      code, language,
    ]
    for word in words + zones.map(\.label) {
      // With its length, so that no two badges make one text.
      hash.update(data: Array("\(word.utf8.count) \(word)".utf8))
    }
    return Array(hash.finalize())
  }
}
