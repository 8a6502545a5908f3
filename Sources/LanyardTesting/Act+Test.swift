package import LanyardDomain

extension Act {
  /// The act of somebody with a token, by default on the first morning of the sample programme.
  package static func test(_ now: Instant = SampleData.firstMorning) -> Act {
    Act(.token("test"), at: now, from: "127.0.0.1", request: "test")
  }
}
