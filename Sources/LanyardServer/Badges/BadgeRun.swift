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
  static let partSize = 100
  /// The most bytes of one message: the fonts come with the last, and clients take 4 MiB.
  private static let messageSize = 256 << 10

  /// A badge that is to be drawn.
  struct Wanted {
    let serial: BadgeSerial
    let code: String
    let registration: String
    /// Which of its registration's badges it is, from 1.
    let issue: Int
    let sortName: (family: String, given: String)
  }

  /// Which badges of those that the filter leaves are drawn.
  enum Choice {
    case all
    /// Those that were never printed, or of which something else would stand on the badge now.
    case unprinted
    /// Those of a run, in its order, from a number of it on.
    case run(Int64, from: Int)
  }

  let event: Event
  private let statedDesign: RequestedDesign?
  private let statedSheet: BadgeSheet?
  /// Whether the rest of a run may look otherwise than it.
  private let allowsOther: Bool
  /// Whether nothing is drawn.
  private let isOnlyChecked: Bool
  let serials: Set<BadgeSerial>
  let choice: Choice
  let filter: RegistrationFilter
  /// Only of those who registered for it, or for all.
  let day: LocalDate?
  let language: Language

  /// - Throws: `InvalidInput` with the field that says nothing that is known.
  init(_ request: Lanyard_V1_RenderBadgesRequest, of event: Event, for language: Language) throws(InvalidInput) {
    self.event = event
    self.language = language
    statedDesign = try .stated(request.design, request.hasDesignFile ? request.designFile : nil)
    statedSheet = try .stated(request.sheet, field: "sheet")
    allowsOther = request.allowOtherDesign
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
    record: (([BadgePrinting], PrintLook) async throws -> PrintRun)?
  ) async throws {
    let (asked, sheet) = try await look(store)
    let wording = try await BadgeWording(event, store)
    let design = try await asked.design(for: wording.terms)
    guard sheet.holds(design) else { throw InvalidInput(field: "sheet", .request(.sheetTooSmall)) }
    let title = event.title.text(in: event.language)
    let file = try BadgeFile(design, on: sheet, title: title, in: event.language)
    let printed = try await store.printedBadges(of: event.slug)
    let named = try await named(store)
    let found = try await found(named, store).sorted { wording.phrasebook.precedes($0.sortName, $1.sortName) }
    let wanted = try await chosen(found, named, printed, wording, store)
    var response = Lanyard_V1_RenderBadgesResponse()
    response.leftOut = try await absent(named, found, store)
    response.totalSize = Int32(clamping: wanted.count + response.leftOut.count)
    response.printedBefore = Int32(clamping: wanted.count { printed[$0.serial] != nil })
    if case .unprinted = choice { response.passedOver = Int32(clamping: found.count - wanted.count) }
    try await writer.write(response)
    (response.printedBefore, response.passedOver, response.leftOut) = (0, 0, [])
    var prints: [BadgePrinting] = []
    for start in stride(from: 0, to: wanted.count, by: Self.partSize) {
      let part = wanted[start..<min(start + Self.partSize, wanted.count)]
      let (badges, gone) = try await faces(of: part, wording, store)
      let faces = badges.map(\.face)
      let drawn = try await isOnlyChecked ? file.check(faces) : file.add(faces)
      var left = gone.map { leftOut($0.serial, "", [Sentence(.badgeErasedMeanwhile)]) }
      for (place, (badge, face)) in badges.enumerated() {
        if let faults = drawn.faults[place] {
          left.append(leftOut(badge.serial, face.name, faults))
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
    if let record, !prints.isEmpty {
      response.printRun = try await record(prints, asked.look(on: sheet)).name.description
    }
    // A file without a page is none.
    try await send(response.drawn == 0 ? [] : end.bytes, response, to: writer)
  }

  /// What is drawn and on which sheet, as is asked for, else as the run was whose rest is asked for.
  private func look(_ store: any BadgeStore) async throws -> (design: RequestedDesign, sheet: BadgeSheet) {
    guard case .run(let number, let first) = choice else { return (statedDesign ?? .usual, statedSheet ?? .single) }
    let run = try await store.printRun(number, of: event.slug)
    guard first <= run.count else {
      throw InvalidInput(field: "from_number", .request(.pastPrintRun(count: run.count)))
    }
    let design = try statedDesign ?? RequestedDesign(of: run)
    let sheet = statedSheet ?? run.look.sheet ?? .single
    guard !allowsOther, let difference = run.look.difference(from: design.look(on: sheet)) else {
      return (design, sheet)
    }
    switch difference {
    case .design: throw InvalidInput(field: design.field, .request(.otherPrintRunDesign(run.look.design)))
    case .file: throw InvalidInput(field: design.field, .request(.otherPrintRunFile))
    case .sheet: throw InvalidInput(field: "sheet", .request(.otherPrintRunSheet(run.look.sheet ?? .single)))
    }
  }

  /// What stands on badges, in their order, and those whose bearers were erased since they were found.
  func faces(
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
    let design = try await (statedDesign ?? .usual).design(for: wording.terms)
    let title = event.title.text(in: event.language)
    return (face, try BadgeFile(design, on: statedSheet ?? .single, title: title, in: event.language))
  }

  /// What is on record of how one badge looks.
  var look: PrintLook { (statedDesign ?? .usual).look(on: statedSheet ?? .single) }

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
