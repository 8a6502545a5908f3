import LanyardDomain
import Testing

@Suite("Resource names") struct ResourceNameTests {
  private static let scan = UUIDBytes(high: 0x0198_7b4e_1c2d_7000, low: 0x8123_4567_89ab_cdef)
  private static let names: [(ResourceName, String)] = [
    (.event("wsis20"), "events/wsis20"),
    (.everyEvent, "events/-"),
    (.registration("r-1", of: "wsis20"), "events/wsis20/registrations/r-1"),
    (.badge(BadgeSerial(0xd1), of: "wsis20"), "events/wsis20/badges/00000000000000d1"),
    (.session("s001", of: "wsis20"), "events/wsis20/sessions/s001"),
    (.checkpoint("entrance-lane-1", of: "wsis20"), "events/wsis20/checkpoints/entrance-lane-1"),
    (.checkIn(scan, of: "wsis20"), "events/wsis20/checkIns/01987b4e-1c2d-7000-8123-456789abcdef"),
    (.conflict(17, of: "wsis20"), "events/wsis20/conflicts/17"),
    (.device("d7", of: "wsis20"), "events/wsis20/devices/d7"),
    (.attendance(of: "wsis20"), "events/wsis20/attendance"),
    (.verificationKey(4_294_967_295), "verificationKeys/4294967295"),
    (.token("t1"), "tokens/t1"),
  ]

  @Test("A name is read as it was written", arguments: names) func readAsWritten(name: ResourceName, text: String) {
    #expect(name.description == text)
    #expect(ResourceName(text) == name)
    #expect(text.hasSuffix(name.id))
  }

  @Test(
    "What is no name is none",
    arguments: [
      "", "events", "events/", "Events/wsis20", "events/WSIS20", "events/wsis20/", "events/wsis20/attendance/x",
      "events/-/attendance", "events/-/badges/00000000000000d1", "events/wsis20/people/1", "events/wsis20/events/x",
      "events/wsis20/badges/d1", "events/wsis20/badges/00000000000000D1", "events/wsis20/checkIns/1",
      "events/wsis20/conflicts/-1", "events/wsis20/conflicts/007", "events/wsis20/conflicts/99999999999999999999",
      "events/wsis20/registrations/", "events/wsis20/registrations/a/b", "events//registrations/a",
      "verificationKeys/4294967296", "verificationKeys/x", "verificationKeys/1/2", "/events/wsis20",
    ]
  ) func noName(text: String) {
    #expect(ResourceName(text) == nil)
  }

  @Test("A text within an event names nothing of another") func within() {
    for (name, text) in Self.names {
      #expect(ResourceName.isText(text, within: "wsis20") == (name.event == "wsis20"))
      for other in ["wsis2", "wsis20x", "wsis", "x"] { #expect(!ResourceName.isText(text, within: other)) }
    }
    for text in ["", "events", "events/", "xvents/wsis20", "events/wsis20-forum", "eventswsis20", "events//wsis20"] {
      #expect(!ResourceName.isText(text, within: "wsis20"))
    }
  }

  @Test("A name of another kind is refused with the field and the form") func otherKind() {
    let other = "events/wsis20/sessions/s001"
    #expect(throws: InvalidInput(field: "parent", .otherResourceName(form: "events/{event}"))) {
      try ResourceName.eventSlug(other, field: "parent")
    }
    #expect(throws: InvalidInput(field: "parent", .emptyResourceName(form: "events/{event}"))) {
      try ResourceName.eventSlug("", field: "parent")
    }
    #expect(throws: InvalidInput.self) { try ResourceName.registration(other, field: "name") }
    #expect(throws: InvalidInput.self) { try ResourceName.badge(other, field: "name") }
    #expect(throws: InvalidInput.self) { try ResourceName.checkpoint(other, field: "name") }
    #expect(throws: InvalidInput.self) { try ResourceName.checkIn(other, field: "name") }
    #expect(throws: InvalidInput.self) { try ResourceName.device(other, field: "name") }
    #expect(throws: InvalidInput.self) { try ResourceName.attendance(other, field: "name") }
    #expect(throws: InvalidInput.self) { try ResourceName.verificationKey(other, field: "name") }
    #expect(throws: InvalidInput.self) { try ResourceName.session("events/wsis20", field: "name") }
    #expect(throws: InvalidInput.self) { try ResourceName.eventSlug("events/-", field: "name") }
  }

  @Test("A place of bookings is a checkpoint or a session") func bookingPlace() throws {
    let door = BookingPlace.checkpoint(CheckpointAddress(event: "wsis20", checkpoint: "gala"))
    let talk = BookingPlace.session("s001", event: "wsis20")
    for place in [door, talk] { #expect(try BookingPlace(place.name.description, field: "parent") == place) }
    #expect(throws: InvalidInput.self) { try BookingPlace("events/wsis20", field: "parent") }
  }

  @Test("A person means something by its id, with the event beside it, or by its whole name") func meant() throws {
    func meant(
      _ text: String,
      _ kind: ResourceName.Collection,
      _ event: String? = nil
    ) throws(InvalidInput) -> ResourceName {
      try ResourceName.meant(text, kind: kind, event: event, field: "id")
    }
    #expect(try meant("r-1", .registrations, "wsis20") == .registration("r-1", of: "wsis20"))
    for event in ["wsis20", nil] {
      for (name, text) in Self.names {
        let own: (ResourceName.Collection)? =
          switch name {
          case .registration: .registrations
          case .badge: .badges
          case .session: .sessions
          case .checkpoint: .checkpoints
          case .checkIn: .checkIns
          case .device: .devices
          default: nil
          }
        if let own { #expect(try meant(text, own, event) == name) }
        if let own, event != nil { #expect(try meant(name.id, own, event) == name) }
        let refused = #expect(throws: InvalidInput.self) { try meant(text, .enrolmentCodes, event) }
        #expect(refused?.violations.first?.fault == .otherResourceName(form: "events/{event}/enrolmentCodes/{code}"))
      }
    }
    let cases: [(String, String?, Fault)] = [
      ("d7", nil, .eventNotSaid), ("events/wsis20/devices/d7", "other", .otherEvent),
      ("", "wsis20", .emptyResourceName(form: "events/{event}/devices/{device}")),
      ("D 7", "wsis20", .otherResourceName(form: "events/{event}/devices/{device}")),
      ("D 7", nil, .otherResourceName(form: "events/{event}/devices/{device}")),
      ("events/wsis20/devises/d7", "wsis20", .otherResourceName(form: "events/{event}/devices/{device}")),
      ("devices/d7", "wsis20", .otherResourceName(form: "events/{event}/devices/{device}")),
    ]
    for (text, event, fault) in cases {
      #expect(throws: InvalidInput(field: "id", fault)) { try meant(text, .devices, event) }
    }
  }
}
