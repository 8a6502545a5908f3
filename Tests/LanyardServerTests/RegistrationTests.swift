import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardTesting
import SwiftProtobuf
import Testing

@testable import LanyardServer

@Suite("Registration over TLS")
struct RegistrationTests {
  private static let forum = "events/\(SampleData.forum)"

  @Test("wrong input is refused field by field")
  func refusals() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        var registration = People.message(1)
        registration.email = "nobody"
        registration.givenName = "evil\u{202E}txt"
        registration.stakeholderGroup = "Friends"
        let failure = await CheckInTests.failure {
          _ = try await service.createRegistration(.with { ($0.parent, $0.registration) = (Self.forum, registration) })
        }
        #expect(failure?.code == .invalidArgument)
        #expect(failure?.reason == "INVALID_FIELD")
        #expect(
          failure?.fields.map(\.name) == [
            "registration.email", "registration.given_name", "registration.stakeholder_group",
          ]
        )
      }
    }
  }

  @Test(
    "Errors are told in the language that the call asks for, with the same reasons, fields and facts",
    arguments: [
      (nil, "registration.email needs one @ between a name and a domain; and 1 more", "There is no events/none."),
      ("de", "registration.email needs one @ between a name and a domain; and 1 more", "There is no events/none."),
      (
        "fr",
        "registration.email\u{202F}: doit avoir un seul @ entre un nom et un domaine\u{202F}; et 1 autre erreur",
        "events/none n’existe pas."
      ),
      (
        "ru", "registration.email: нужен один знак @ между именем и доменом; и ещё 1 ошибка",
        "events/none не существует."
      ),
    ] as [(String?, String, String)]
  )
  func languages(asked: String?, fields: String, missing: String) async throws {
    try await ServerHarness.run { server in
      var access = server.access
      access.language = asked
      try await withServerConnection(access) { client in
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        var registration = People.message(1)
        registration.email = "nobody"
        registration.stakeholderGroup = "Friends"
        let failure = await CheckInTests.failure {
          _ = try await service.createRegistration(.with { ($0.parent, $0.registration) = (Self.forum, registration) })
        }
        #expect(failure?.message == fields && failure?.reason == "INVALID_FIELD")
        #expect(failure?.fields.map(\.name) == ["registration.email", "registration.stakeholder_group"])
        #expect(failure?.fields.first.map { fields.contains($0.reason) } == true)
        let unknown = await CheckInTests.failure {
          _ = try await service.listRegistrations(.with { $0.parent = "events/none" })
        }
        #expect(unknown?.message == missing && unknown?.reason == "NOT_FOUND")
      }
    }
  }

  @Test("a page token belongs to its list")
  func pageTokens() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let people = People(client)
        for number in 1...5 { _ = try await people.registration(number) }
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        var request = Lanyard_V1_ListRegistrationsRequest()
        request.parent = Self.forum
        request.pageSize = 2
        var names: [String] = []
        repeat {
          let page = try await service.listRegistrations(request)
          #expect(page.totalSize == 5)
          names += page.registrations.map(\.name)
          request.pageToken = page.nextPageToken
        } while !request.pageToken.isEmpty
        #expect(Set(names).count == 5)
        let first = try await service.listRegistrations(.with { ($0.parent, $0.pageSize) = (Self.forum, 2) })
        let stolen = await CheckInTests.failure {
          _ = try await service.listRegistrations(
            .with { ($0.parent, $0.query, $0.pageToken) = (Self.forum, "x", first.nextPageToken) }
          )
        }
        #expect(stolen?.fields.map(\.name) == ["page_token"])
        // A token for this very list that the server did not make: the keys of another.
        var list = Lanyard_V1_ListRegistrationsRequest()
        list.parent = Self.forum
        let forged = list.pageToken(of: PageCursor(.text("x")))
        for token in [forged, "\(first.nextPageToken)A", String(first.nextPageToken.dropLast()), "%"] {
          let refused = await CheckInTests.failure {
            _ = try await service.listRegistrations(
              .with { ($0.parent, $0.pageSize, $0.pageToken) = (Self.forum, 2, token) }
            )
          }
          #expect(refused?.fields.map(\.name) == ["page_token"], "\(token)")
        }
        // Neither a state nor a participation that this version does not know is taken for none.
        let state = await CheckInTests.failure {
          _ = try await service.listRegistrations(.with { ($0.parent, $0.state) = (Self.forum, .UNRECOGNIZED(9)) })
        }
        #expect(state?.fields.map(\.name) == ["state"])
        let participation = await CheckInTests.failure {
          _ = try await service.listRegistrations(
            .with { ($0.parent, $0.participation) = (Self.forum, .UNRECOGNIZED(9)) }
          )
        }
        #expect(participation?.fields.map(\.name) == ["participation"])
      }
    }
  }

  @Test("an import reports each refused row with number, field and reason, and imports the others")
  func importing() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        func importRows() async throws -> Lanyard_V1_ImportRegistrationsResponse {
          try await service.importRegistrations { writer in
            try await writer.write(.with { $0.parent = Self.forum })
            try await writer.write(
              .with { message in
                message.rows = (2...6).map { number in
                  .with {
                    ($0.row, $0.registration) = (Int32(number), People.message(number))
                    if number == 4 { $0.registration.country = "Atlantis" }
                  }
                }
              }
            )
          }
        }
        let first = try await importRows()
        #expect((first.imported, first.unchanged, first.refusedCount) == (4, 0, 1))
        #expect(first.refused.map(\.row) == [4])
        #expect(first.refused.map(\.field) == ["country"])
        let again = try await importRows()
        #expect((again.imported, again.unchanged, again.refusedCount) == (0, 4, 1))
      }
    }
  }

  @Test(
    "an import that is only tried says the same and changes nothing; of two rows with one address the second is refused"
  )
  func trying() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        func importRows(isTried: Bool) async throws -> Lanyard_V1_ImportRegistrationsResponse {
          try await service.importRegistrations { writer in
            try await writer.write(.with { ($0.parent, $0.validateOnly) = (Self.forum, isTried) })
            for number in [2, 3] {
              try await writer.write(
                .with { $0.rows = [.with { ($0.row, $0.registration) = (Int32(number), People.message(number)) }] }
              )
            }
            try await writer.write(
              .with {
                $0.rows = [
                  .with {
                    ($0.row, $0.registration) = (9, People.message(2))
                    $0.registration.email = $0.registration.email.uppercased()
                  }
                ]
              }
            )
          }
        }
        func total() async throws -> Int32 {
          try await service.listRegistrations(.with { $0.parent = Self.forum }).totalSize
        }
        for isTried in [true, true, false] {
          let response = try await importRows(isTried: isTried)
          #expect((response.imported, response.unchanged, response.refusedCount) == (2, 0, 1))
          #expect(response.refused.map(\.row) == [9] && response.refused.map(\.field) == ["email"])
          #expect(response.refused.first?.reason.contains("row 2") == true)
          #expect(try await total() == (isTried ? 0 : 2))
        }
      }
    }
  }

  @Test("an import tells of every refused row, past those that it lists by what is wrong with them")
  func manyRefused() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        let rows = RequestLimit.faults + 1200
        let response = try await service.importRegistrations { writer in
          try await writer.write(.with { ($0.parent, $0.validateOnly) = (Self.forum, true) })
          for start in stride(from: 0, to: rows, by: RequestLimit.rows) {
            try await writer.write(
              .with { message in
                message.rows = (start..<min(start + RequestLimit.rows, rows)).map { number in
                  .with {
                    ($0.row, $0.registration) = (Int32(number + 2), People.message(number))
                    // The last thousand say what an earlier row says, each another one.
                    if number < rows - 1000 {
                      $0.registration.country = "Atlantis"
                    } else {
                      $0.registration.email = "person\(number - 1000)@example.org"
                    }
                  }
                }
              }
            )
          }
        }
        #expect(response.refusedCount == rows && response.refused.count == RequestLimit.faults)
        let others = response.alsoRefused
        let numbers: [Int32] = (RequestLimit.faults..<rows).map { Int32($0 + 2) }
        #expect(others.flatMap(\.rows).sorted() == numbers)
        #expect(others.first?.field == "country" && others.first?.rows.count == 200)
        #expect(others.count == 501 && others.last.map { $0.reason.isEmpty && $0.rows.count == 501 } == true)
        let twice = try #require(others.dropFirst().first)
        #expect(twice.field == "email" && twice.rows.count == 1 && twice.reason.contains("row "), "\(twice)")
      }
    }
  }

  @Test("an import names the earlier row of an address whatever else is wrong with either")
  func twiceWithFaults() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        let response = try await service.importRegistrations { writer in
          try await writer.write(.with { $0.parent = Self.forum })
          try await writer.write(
            .with { message in
              message.rows = (2...4).map { number in
                .with {
                  ($0.row, $0.registration) = (Int32(number), People.message(1))
                  if number < 4 { $0.registration.country = "Atlantis" }
                }
              }
            }
          )
        }
        #expect(response.imported == 0 && response.refusedCount == 3)
        #expect(response.refused.map(\.row) == [2, 3, 3, 4])
        #expect(response.refused.map(\.field) == ["country", "country", "email", "email"])
        #expect(response.refused.suffix(2).allSatisfy { $0.reason.contains("row 2") })
      }
    }
  }

  @Test("a country that nobody is from is answered with those that the event has people from, and an organisation too")
  func otherCountry() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        func reason(_ country: String) async -> String? {
          await CheckInTests.failure {
            _ = try await service.listRegistrations(.with { ($0.parent, $0.country) = (Self.forum, country) })
          }?.fields.first?.reason
        }
        #expect(await reason("Atlantis")?.contains("ISO 3166-1") == true)
        for (number, country) in ["KE", "CH"].enumerated() {
          var person = People.message(number)
          person.country = country
          _ = try await People(client).registration(person)
        }
        #expect(await reason("Atlantis")?.hasSuffix("CH, KE") == true)
        #expect(await reason("JP")?.hasSuffix("CH, KE") == true)
        #expect(await reason("ch") == nil)
        func fault(_ organisation: String) async -> String? {
          await CheckInTests.failure {
            _ = try await service.listRegistrations(.with { ($0.parent, $0.organisation) = (Self.forum, organisation) })
          }?.fields.first?.reason
        }
        var person = People.message(2)
        person.organisation = "Institute of Tests"
        _ = try await People(client).registration(person)
        #expect(await fault("institute") == nil)
        #expect(await fault("Ministry of Silence")?.contains("Institute of Tests") == true)
      }
    }
  }

  @Test("an export has who stands, or who is asked for, as CSV that imports and as JSON")
  func exporting() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        func export(_ change: (inout Lanyard_V1_ExportRegistrationsRequest) -> Void = { _ in }) async throws -> [UInt8]
        {
          var request = Lanyard_V1_ExportRegistrationsRequest.with { $0.parent = Self.forum }
          change(&request)
          return try await service.exportRegistrations(request) { response in
            var bytes: [UInt8] = []
            for try await part in response.messages { bytes += part.content }
            return bytes
          }
        }
        let people = People(client)
        var odd = People.message(1)
        (odd.givenName, odd.organisation, odd.position) = ("=1+1", "A \"B\", C; D", "'@x")
        let first = try await people.registration(odd)
        for number in 2...4 { _ = try await people.registration(number) }
        let cancelled = try await people.registration(5).name
        _ = try await service.cancelRegistration(.with { $0.name = cancelled })
        let erased = try await people.registration(6).name
        _ = try await service.eraseRegistration(.with { $0.name = erased })

        let csv = try await export { $0.byteOrderMark = true }
        #expect(csv.starts(with: [0xEF, 0xBB, 0xBF]))
        #expect(String(decoding: csv, as: UTF8.self).contains(",'=1+1,"))
        let forms = try RegistrationTable.rows(csv: csv).map { try $0.content.get() }
        #expect(forms.count == 4)
        #expect(forms.first?.givenName == "=1+1" && forms.first?.position == "'@x")
        #expect(forms.first?.organisation == first.organisation)
        let ended = try await export { $0.states = [.cancelled] }
        let refused = try RegistrationTable.rows(csv: ended)
        #expect(refused.count == 1 && refused.allSatisfy { (try? $0.content.get()) == nil })
        let lines = try await export {
          $0.format = .jsonLines
          $0.states = [.confirmed, .cancelled]
          $0.query = "person"
        }
        let read = try String(decoding: lines, as: UTF8.self).split(separator: "\n").map {
          try Lanyard_V1_Registration(jsonString: String($0))
        }
        #expect(read.contains { $0.name == cancelled } && !read.contains { $0.name == erased })
        let failure = await CheckInTests.failure { _ = try await export { $0.format = .UNRECOGNIZED(9) } }
        #expect(failure?.fields.map(\.name) == ["format"])
        let other = await CheckInTests.failure { _ = try await export { $0.separator = .UNRECOGNIZED(9) } }
        #expect(other?.fields.map(\.name) == ["separator"])
        for (separator, sign) in [(Lanyard_V1_ExportRegistrationsRequest.Separator.semicolon, ";"), (.tab, "\t")] {
          let table = try await export { $0.separator = separator }
          #expect(String(decoding: table, as: UTF8.self).hasPrefix("email\(sign)title\(sign)"))
          #expect(try RegistrationTable.rows(csv: table).map { try $0.content.get().email } == forms.map(\.email))
        }
        // As in a list.
        for (group, isKnown) in [(first.stakeholderGroup, true), ("Friends", false)] {
          let failures = [
            await CheckInTests.failure { _ = try await export { $0.stakeholderGroup = group } },
            await CheckInTests.failure {
              _ = try await service.listRegistrations(.with { ($0.parent, $0.stakeholderGroup) = (Self.forum, group) })
            },
          ]
          for failure in failures { #expect(failure?.fields.map(\.name) == (isKnown ? nil : ["stakeholder_group"])) }
        }
      }
    }
  }

  @Test("a person is erased by an organiser alone, and again it is the same answer")
  func erasing() async throws {
    try await ServerHarness.run { server in
      let desk = try await server.token(.desk)
      try await withServerConnection(server.access) { client in
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        let made = try await People(client).registration(1)
        try await withServerConnection(server.access(desk.text)) { client in
          let failure = await CheckInTests.failure {
            _ = try await Lanyard_V1_RegistrationService.Client(wrapping: client).eraseRegistration(
              .with { $0.name = made.name }
            )
          }
          #expect(failure?.code == .permissionDenied)
        }
        func erase(_ name: String, etag: String = "", id: String = "") async throws -> Lanyard_V1_Registration {
          try await service.eraseRegistration(.with { ($0.name, $0.etag, $0.requestID) = (name, etag, id) })
        }
        let stale = await CheckInTests.failure { _ = try await erase(made.name, etag: "\"9\"") }
        #expect(stale?.reason == "ETAG_MISMATCH")
        let odd = await CheckInTests.failure { _ = try await erase(made.name, id: "once") }
        #expect(odd?.fields.map(\.name) == ["request_id"])
        let nobody = await CheckInTests.failure { _ = try await erase("\(Self.forum)/registrations/nobody") }
        #expect(nobody?.code == .notFound)
        let erased = try await erase(made.name, etag: made.etag)
        #expect(erased.state == .cancelled && erased.hasEraseTime && erased.name == made.name)
        #expect((erased.email, erased.displayName, erased.organisation) == ("", "", ""))
        #expect(erased.stakeholderGroup == made.stakeholderGroup)
        #expect(try await erase(made.name, etag: made.etag) == erased)
        #expect(try await service.getRegistration(.with { $0.name = made.name }) == erased)
        #expect(try await People(client).registration(1).name != made.name)
      }
    }
  }

  @Test("a request id makes sending again harmless")
  func requestID() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        var request = Lanyard_V1_CreateRegistrationRequest()
        request.parent = Self.forum
        request.registration = People.message(1)
        request.requestID = UUIDBytes.timeOrdered(at: server.clock.now).description
        let first = try await service.createRegistration(request)
        #expect(try await service.createRegistration(request) == first)
        request.registration.email = "other@example.org"
        let failure = await CheckInTests.failure { _ = try await service.createRegistration(request) }
        #expect(failure?.reason == "REQUEST_ID_REUSED")
      }
    }
  }
}
