import GRPCCore
import HTTPTypes
import Hummingbird
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts

extension Site {
  /// The desk: who was searched for, and who is shown. A badge that was scanned leads to its bearer.
  func desk(_ request: Request, _ visit: Visit) async throws -> Response {
    let house = try await house(.desk, request, visit)
    let query = Self.shortened(request.asked["q"])
    var drawing = DeskDrawing(house: house, query: query)
    if !query.isEmpty { drawing.found = try await house.calls.find(query, of: house.slug) }
    let only = drawing.found.flatMap { found in
      let people = found.totalSize > 0 ? found.registrations : found.others
      return people.count == 1 ? people[0].name : nil
    }
    let asked = request.asked["person"]
    let person = asked.isEmpty ? only.flatMap { ResourceName($0)?.id } : asked
    return try await deskPage(drawing, person, house, request, visit)
  }

  /// The page as a drawing has it, with a person.
  func deskPage(
    _ drawing: DeskDrawing,
    _ person: String?,
    _ house: HouseVisit,
    _ request: Request,
    _ visit: Visit,
    status: HTTPResponse.Status = .ok
  ) async throws -> Response {
    var drawing = drawing
    if let person {
      let record = try await house.calls.record(person, of: house.slug)
      if !record.scans.isEmpty { drawing.checkpoints = try await house.calls.checkpointNames(of: house.slug) }
      drawing.record = record
    }
    let page = try drawing.page()
    let title = page.person.map { "\($0.name) – \(house.text(.deskTitle))" } ?? house.text(.deskTitle)
    return housePage("desk", page, title: title, .desk, house, request, visit, status: status)
  }

  /// What somebody typed or a wedge wrote, as long as the service takes it.
  static func shortened(_ text: String) -> String { String(String.UnicodeScalarView(text.unicodeScalars.prefix(400))) }
}
