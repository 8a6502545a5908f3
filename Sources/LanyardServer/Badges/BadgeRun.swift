import BadgeCodes
import BadgePrinting
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
    let sortName: String
  }

  private let event: Event
  private let design: RequestedDesign
  private let sheet: BadgeSheet
  /// Whether nothing is drawn.
  private let isOnlyChecked: Bool
  private let serials: Set<BadgeSerial>
  private let filter: RegistrationFilter
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
  }

  /// Sends the file.
  func run(
    from store: any BadgeStore & RegistrationStore & ProgrammeStore,
    to writer: RPCWriter<Lanyard_V1_RenderBadgesResponse>
  ) async throws {
    let wording = try await BadgeWording(event, store)
    let design = try await design.design(for: wording.terms)
    guard sheet.holds(design) else { throw InvalidInput(field: "sheet", .request(.sheetTooSmall)) }
    let title = event.title.text(in: event.language)
    let file = try BadgeFile(design, on: sheet, title: title, in: event.language)
    let wanted = try await wanted(store).sorted { wording.phrasebook.precedes($0.sortName, $1.sortName) }
    var response = Lanyard_V1_RenderBadgesResponse.with { $0.totalSize = Int32(clamping: wanted.count) }
    try await writer.write(response)
    for start in stride(from: 0, to: wanted.count, by: Self.partSize) {
      let part = wanted[start..<min(start + Self.partSize, wanted.count)]
      let bearers = try await store.registrations(part.map(\.registration), of: event.slug)
      let badges = try zip(part, bearers).map { badge, bearer in
        let number = "\(badge.serial.description.suffix(4).uppercased()) · \(badge.issue)"
        return wording.printed(bearer, number: number, try QRSymbol(encoding: badge.code))
      }
      let drawn = try await isOnlyChecked ? file.check(badges) : file.add(badges)
      let left = drawn.faults.sorted { $0.key < $1.key }.map { place, fault in
        Lanyard_V1_RenderBadgesResponse.LeftOut.with {
          $0.badge = ResourceName.badge(part[part.startIndex + place].serial, of: event.slug).description
          $0.message = Phrasebook.of(language).text(fault, for: .page)
        }
      }
      response.drawn += Int32(part.count - left.count)
      response.leftOut = left
      try await send(drawn.bytes, response, to: writer)
    }
    if isOnlyChecked { return }
    let end = try await file.finish()
    (response.leftOut, response.pages) = ([], Int32(clamping: end.pages))
    // A file without a page is none.
    try await send(response.drawn == 0 ? [] : end.bytes, response, to: writer)
  }

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

  /// The active badges of those who are asked for.
  private func wanted(_ store: any BadgeStore & RegistrationStore) async throws -> [Wanted] {
    var names: [String: String] = [:]
    try await eachPage {
      try await store.registrations(of: event.slug, matching: filter, $0).page
    } _: { registrations in
      for registration in registrations where registration.erasedAt == nil {
        let person = registration.details.person
        let family = person.familyName.isEmpty ? person.givenName : person.familyName
        names[registration.id] = "\(family)\u{0}\(person.givenName)"
      }
    }
    var issues: [String: Int] = [:]
    var wanted: [Wanted] = []
    try await eachPage {
      try await store.badges(of: event.slug, registration: nil, withAttention: false, $0)
    } _: { badges in
      for badge in badges {
        let issue = issues[badge.registration, default: 0] + 1
        issues[badge.registration] = issue
        guard badge.state == .active, let name = names[badge.registration],
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
