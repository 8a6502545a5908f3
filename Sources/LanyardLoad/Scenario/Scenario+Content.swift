extension Scenario {
  /// A short mark of what is played, in hexadecimal digits: two scenarios of one content have the same, whatever they are called, and
  /// whatever their summary, seed, speed and numbers of people and lanes are.
  ///
  /// It is the hash FNV-1a over the values in words, since `Hashable` gives others in each process.
  package var content: String {
    var rest = self
    (rest.name, rest.summary, rest.seed, rest.speed) = ("", "", 0, 1)
    (rest.people, rest.lanes, rest.mix, rest.recordings) = (0, 0, Mix(), [:])
    // Recorded days are long, and the order in a dictionary is of one process.
    rest.phases = []
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ text: String) {
      for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
    add("\(rest)")
    for (kind, weight) in mix.weights.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where weight > 0 {
      add(";\(kind.rawValue) \(weight)")
    }
    for phase in phases {
      add(";\(phase.length) ")
      guard case .replay(let moments) = phase.arrivals else {
        add("\(phase.arrivals)")
        continue
      }
      for moment in moments {
        let (seconds, attoseconds) = moment.components
        for part in [UInt64(bitPattern: seconds), UInt64(bitPattern: attoseconds)] {
          hash = (hash ^ part) &* 0x100_0000_01b3
        }
      }
    }
    return String(hash, radix: 16)
  }
}
