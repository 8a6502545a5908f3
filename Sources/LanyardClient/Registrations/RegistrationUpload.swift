import GRPCCore
package import LanyardAPI
import LanyardDomain
import LanyardMessages
import SwiftProtobuf

/// Sends the rows of a file to `ImportRegistrations`, as fast as the server takes them.
package struct RegistrationUpload: Sendable {
  private typealias Row = Lanyard_V1_ImportRegistrationsRequest.Row

  /// A message is sent when its texts have this many bytes.
  private static let enough = 512 * 1024

  /// A file that was checked.
  private let file: RegistrationFile
  /// Whether the server is only asked what would come of it.
  private let isDryRun: Bool
  /// What becomes of registrations that differ from their rows.
  private let update: Update
  /// Whether those who are new are written to, whatever the event says.
  private let isMailed: Bool
  /// Is told how many rows were sent.
  private let progress: @Sendable (Int) -> Void

  /// What becomes of registrations that differ from their rows.
  package enum Update: Sendable {
    /// They stay, and the rows are refused.
    case none
    /// They are changed to what the rows say.
    case toWhatIsSaid
    /// And cells without a text take away what is there.
    case toAll
  }

  /// - Parameters:
  ///   - file: One that was checked.
  ///   - isDryRun: Whether the server is only asked what would come of it.
  ///   - update: What becomes of registrations that differ from their rows.
  ///   - isMailed: Whether those who are new are written to, whatever the event says.
  ///   - progress: Is told how many rows were sent.
  package init(
    _ file: RegistrationFile,
    isDryRun: Bool = false,
    update: Update = .none,
    isMailed: Bool = false,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    (self.file, self.isDryRun, self.progress) = (file, isDryRun, progress)
    (self.update, self.isMailed) = (update, isMailed)
  }

  /// - Parameter event: Slug of the event.
  package func run(to event: String, _ client: ServerClient) async throws -> Lanyard_V1_ImportRegistrationsResponse {
    try await Lanyard_V1_RegistrationService.Client(wrapping: client).importRegistrations { writer in
      try await writer.write(
        .with {
          $0.parent = ResourceName.event(event).description
          $0.validateOnly = isDryRun
          $0.update = update != .none
          $0.sendMail = isMailed
        }
      )
      var file = file
      try file.rewind()
      var rows: [Row] = []
      var (bytes, sent) = (0, 0)
      while let part = try file.next() {
        for row in part {
          // What cannot be read was counted when the file was checked.
          guard case .success(let form) = row.content else { continue }
          let fields = update == .toAll ? file.fields : row.said
          rows.append(
            .with {
              ($0.row, $0.registration) = (Int32(clamping: row.row), .init(form))
              $0.updateMask = .init(of: fields)
            }
          )
          bytes += form.byteCount
          guard rows.count == RequestLimit.rows || bytes >= Self.enough else { continue }
          try await writer.write(.with { $0.rows = rows })
          sent += rows.count
          progress(sent)
          (rows, bytes) = ([], 0)
        }
      }
      if !rows.isEmpty { try await writer.write(.with { $0.rows = rows }) }
      progress(sent + rows.count)
    }
  }
}

extension RegistrationForm {
  /// The bytes of its texts.
  fileprivate var byteCount: Int {
    RegistrationField.all(answering: answers.own.keys).reduce(0) { $0 + text(of: $1).utf8.count }
  }
}
