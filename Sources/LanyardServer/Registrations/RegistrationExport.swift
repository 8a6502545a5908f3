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

  private let event: Event
  private let format: ExportFormat
  private let separator: TableSeparator
  private let hasMark: Bool
  private let states: Set<RegistrationState>
  private let filter: RegistrationFilter

  /// - Throws: `InvalidInput` with the field that says nothing that is known.
  init(_ request: Lanyard_V1_ExportRegistrationsRequest, of event: Event) throws(InvalidInput) {
    self.event = event
    format = try .stated(request.format, field: "format") ?? .csv
    separator = try .stated(request.separator, field: "separator") ?? .comma
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
    var text =
      switch format {
      case .csv: (hasMark ? CSVWriter.byteOrderMark : "") + row(RegistrationTable.exportedColumns(event.questions))
      case .jsonLines: ""
      }
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
    switch format {
    case .csv: row(RegistrationTable.exported(registration, event.questions) { $0.rfc3339() })
    case .jsonLines: try Lanyard_V1_Registration(registration).jsonString() + "\n"
    }
  }

  private func row(_ fields: [String]) -> String { CSVWriter.row(fields, separator: separator.character) }
}
