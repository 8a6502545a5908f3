import BadgePrinting
import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTesting
import SwiftProtobuf
import Testing

@Suite("Designs that callers bring", .blocking)
struct BadgeDesignCallTests {
  private static let parent = "events/\(SampleData.forum)"

  /// A design file whose text was changed.
  private static func file(_ change: (String) -> String) -> Lanyard_V1_BadgeDesignFile {
    let text = String(decoding: BadgeDesign.file(ofDelivered: .conference).content, as: UTF8.self)
    return Lanyard_V1_BadgeDesignFile(BadgeDesignFile(name: "forum.yaml", content: Array(change(text).utf8)))
  }

  private static func render<T>(
    _ service: Lanyard_V1_BadgeService.Client<T>,
    _ fill: (inout Lanyard_V1_RenderBadgesRequest) -> Void
  ) async throws -> (content: Data, last: Lanyard_V1_RenderBadgesResponse) {
    var request = Lanyard_V1_RenderBadgesRequest.with { $0.parent = parent }
    fill(&request)
    return try await service.renderBadges(request) { response in
      var (content, last) = (Data(), Lanyard_V1_RenderBadgesResponse())
      for try await part in response.messages {
        content += part.content
        if part.totalSize > 0 { last = part }
      }
      return (content, last)
    }
  }

  @Test(
    "Are drawn, and refused with every fault's line and box; never beside a delivered one, nor on too small a sheet"
  )
  func render() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        _ = try await People(client).badges(1...2)
        let service = Lanyard_V1_BadgeService.Client(wrapping: client)
        let own = try await Self.render(service) { $0.designFile = Self.file { $0 } }
        #expect(own.last.drawn == 2 && own.last.pages == 4 && own.content.starts(with: Array("%PDF".utf8)))

        func failure(_ fill: @escaping (inout Lanyard_V1_RenderBadgesRequest) -> Void) async throws -> CallFailure? {
          try await DeviceTests.failure { _ = try await Self.render(service, fill) }
        }
        let faulty = Self.file {
          $0.replacing("fill: group", with: "fill: grey").replacing(
            "width: 45, height: 45",
            with: "width: 80, height: 38"
          )
        }
        let refused = try await failure { $0.designFile = faulty }
        #expect(refused?.code == .invalidArgument && refused?.fields.map(\.name) == ["design_file", "design_file"])
        let reasons = refused?.fields.map(\.reason) ?? []
        #expect(
          reasons.first?.hasPrefix("forum.yaml: line 31: both.code reaches 5 mm over the edge") == true,
          "\(reasons)"
        )
        #expect(reasons.last?.contains("both.band.fill is \"grey\"") == true, "\(reasons)")

        let unknown = try await failure {
          $0.designFile = Self.file { "group_colours: {Aliens: black}\n" + $0 }
        }
        #expect(unknown?.fields.first?.reason.contains("Aliens") == true)
        let both = try await failure { ($0.design, $0.designFile) = (.label, Self.file { $0 }) }
        #expect(both?.fields.map(\.name) == ["design"])
        let large = try await failure {
          $0.sheet = .a4
          $0.designFile = Self.file { $0.replacing("{width: 105, height: 148}", with: "{width: 105, height: 300}") }
        }
        #expect(large?.fields.map(\.name) == ["sheet"])
        let many = try await failure {
          $0.designFile = Self.file { $0 }
          $0.designFile.logos = (0..<9).map { place in .with { $0.name = "\(place).svg" } }
        }
        #expect(many?.fields.map(\.name) == ["design_file.logos"])
      }
    }
  }

  @Test("Are on record as a file, whatever they are called: a name of one may be somebody's, or a delivered design's")
  func record() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        _ = try await People(client).badge(1)
        let service = Lanyard_V1_BadgeService.Client(wrapping: client)
        for name in ["Li-Wei.yaml", "LABEL"] {
          _ = try await Self.render(service) {
            ($0.record, $0.designFile) = (true, Self.file { $0 })
            $0.designFile.name = name
          }
        }
        _ = try await Self.render(service) { ($0.record, $0.design) = (true, .label) }
        let runs = try await service.listPrintRuns(.with { $0.parent = Self.parent }).printRuns
        #expect(runs.map(\.design) == ["LABEL", "FILE", "FILE"])
        #expect(try runs.map { try PrintRun($0).look.design } == [.delivered(.label), .file, .file])
        for run in runs.suffix(2) {
          let trail = try await Lanyard_V1_FeedService.Client(wrapping: client).listAuditEntries(
            .with { ($0.parent, $0.resource) = (Self.parent, run.name) }
          )
          let told = try trail.entries.map { try $0.jsonString() }
          #expect(told.count == 1 && told[0].contains("FILE"))
          #expect(!told[0].contains("Li-Wei") && !told[0].contains("LABEL"), "\(told)")
        }
        let unknown = Lanyard_V1_PrintRun.with {
          $0 = runs[0]
          $0.design = "Li-Wei.yaml"
        }
        let known = InvalidInput(field: "design", .notStated(known: "CONFERENCE, LABEL, PHONE, FILE"))
        #expect(throws: known) { try PrintRun(unknown) }
      }
    }
  }

  @Test("Say before printing which badges would not fit, without a file")
  func check() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let fine = try await People(client).badge(1)
        var message = People.message(2)
        message.givenName = String(repeating: "Wolfeschlegelsteinhausen", count: 4)
        message.familyName = message.givenName
        let long = try await People(client).badge(message)
        let service = Lanyard_V1_BadgeService.Client(wrapping: client)
        let checked = try await Self.render(service) { $0.validateOnly = true }
        #expect(checked.content.isEmpty && checked.last.drawn == 1 && checked.last.pages == 0)
        #expect(checked.last.leftOut.map(\.badge) == [long.name] && fine.name != long.name)
        #expect(checked.last.leftOut.first?.message.contains("name is too long") == true)
      }
    }
  }

  @Test("Are shown with the hardest names, issued or not, by codes that open nothing")
  func preview() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let service = Lanyard_V1_BadgeService.Client(wrapping: client)
        let none = try await service.previewBadges(.with { $0.parent = Self.parent })
        #expect(none.content.isEmpty && none.shown.isEmpty && none.totalSize == 0)

        func register(_ number: Int, _ name: String, single: Bool = false) async throws -> String {
          var message = People.message(number)
          (message.givenName, message.familyName, message.displayName) = (name, single ? "" : "B", name)
          return try await People(client).registration(message).name
        }
        let long = try await register(1, "Maximiliana-Theodora Freifrau von und zu Hohenlohe-Langenburg")
        let single = try await register(2, "Sukarno", single: true)
        let thai = try await register(3, "สมศักดิ์ วงศ์สวัสดิ์")
        let ugaritic = try await register(4, "𐎀𐎁")
        let preview = try await service.previewBadges(.with { ($0.parent, $0.design) = (Self.parent, .label) })
        #expect(preview.content.starts(with: [0x89, 0x50, 0x4E, 0x47]) && preview.totalSize == 4)
        #expect(preview.leftOut.map(\.registration) == [ugaritic] && preview.leftOutSize == 1)
        func reasons(_ name: String) -> [Lanyard_V1_PreviewBadgesResponse.Reason] {
          preview.shown.first { $0.registration == name }?.reasons ?? []
        }
        #expect(reasons(long).starts(with: [.smallestLetters, .longestName, .mostLines]), "\(preview.shown)")
        #expect(reasons(single) == [.singleName] && reasons(thai).contains(.script))
        let shown = preview.shown.first { $0.registration == thai }
        #expect(shown?.scripts == ["Thai"] && shown?.message.contains("script: Thai") == true, "\(preview.shown)")

        try withTemporaryFolder { folder in
          try preview.content.write(to: folder.appending(path: "preview.png"))
          let codes = try Tool.qrCodes(in: "preview.png", folder).output
          #expect(codes.split(separator: "\n").allSatisfy { $0.contains("SAMPLE") } && !codes.isEmpty)
        }
        let faulty = try await DeviceTests.failure {
          _ = try await service.previewBadges(
            .with {
              ($0.parent, $0.designFile) = (Self.parent, Self.file { $0.replacing("shows: name", with: "shows: nam") })
            }
          )
        }
        #expect(faulty?.fields.first?.reason.contains("did you mean name?") == true)
      }
    }
  }
}
