import Foundation
import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import SwiftProtobuf

/// One run of `ExportRegistrations`: reads page after page, and sends each as a part of the file.
struct RegistrationExport {
  /// Registrations of a part.
  private static let pageSize = 500

  private typealias Format = Lanyard_V1_ExportRegistrationsRequest.Format

  private let event: Event
  private let format: Format
  private let separator: Character
  private let hasMark: Bool
  private let states: Set<RegistrationState>
  private let filter: RegistrationFilter

  /// - Throws: `InvalidInput` with the field that says nothing that is known.
  init(_ request: Lanyard_V1_ExportRegistrationsRequest, of event: Event) throws(InvalidInput) {
    self.event = event
    guard request.format == .unspecified || Format.allCases.contains(request.format) else {
      throw InvalidInput(
        field: "format",
        .unknownNumber(number: request.format.rawValue, known: "FORMAT_CSV, FORMAT_JSON_LINES")
      )
    }
    format = request.format
    separator = try Self.separator(request.separator)
    hasMark = request.byteOrderMark
    guard request.states.count <= RegistrationState.allCases.count else {
      throw InvalidInput(field: "states", .tooManyEntries(limit: RegistrationState.allCases.count))
    }
    var states: Set<RegistrationState> = []
    for (index, state) in request.states.enumerated() {
      states.insert(try RegistrationState(state, field: "states[\(index)]"))
    }
    self.states = states.isEmpty ? Set(RegistrationState.allCases.filter(\.isLive)) : states
    var filter = try RegistrationFilter(request, of: event)
    filter.state = states.count == 1 ? states.first : nil
    self.filter = filter
  }

  /// Sends the file; returns how many registrations it has.
  func run(
    from store: any RegistrationStore,
    to writer: RPCWriter<Lanyard_V1_ExportRegistrationsResponse>
  ) async throws -> Int {
    var text = format == .jsonLines ? "" : (hasMark ? CSVWriter.byteOrderMark : "")
    if format != .jsonLines { text += CSVWriter.row(RegistrationTable.exportedColumns, separator: separator) }
    var sent = 0
    try await eachPage(of: Self.pageSize) {
      try await store.registrations(of: event.slug, matching: filter, $0).page
    } _: { registrations in
      let wanted = registrations.filter { $0.erasedAt == nil && states.contains($0.state) }
      for registration in wanted { text += try line(registration) }
      try await writer.write(
        .with {
          $0.content = Data(text.utf8)
          $0.registrations = Int32(wanted.count)
        }
      )
      sent += wanted.count
      text = ""
    }
    return sent
  }

  private func line(_ registration: Registration) throws -> String {
    guard format != .jsonLines else { return try Lanyard_V1_Registration(registration).jsonString() + "\n" }
    let fields = RegistrationTable.exported(registration) { moment in
      Google_Protobuf_Timestamp(moment).date.formatted(.iso8601)
    }
    return CSVWriter.row(fields, separator: separator)
  }

  private static func separator(
    _ separator: Lanyard_V1_ExportRegistrationsRequest.Separator
  ) throws(InvalidInput) -> Character {
    switch separator {
    case .unspecified, .comma: return ","
    case .semicolon: return ";"
    case .tab: return "\t"
    case .UNRECOGNIZED(let number):
      let known = ["SEPARATOR_COMMA", "SEPARATOR_SEMICOLON", "SEPARATOR_TAB"]
      throw InvalidInput(
        field: "separator",
        .unknownNumber(number: number, known: known.joined(separator: ", "))
      )
    }
  }
}
