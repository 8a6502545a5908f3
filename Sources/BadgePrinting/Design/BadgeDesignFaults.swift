package import LanyardTexts
package import LanyardYAML

/// Thrown where a design cannot be used: every fault that was found in its file, at least one.
package struct BadgeDesignFaults: Error, Hashable, Sendable {
  /// Of the file.
  package let name: String
  package let faults: [YAMLFault]
  /// How many more there were.
  package let unlisted: Int

  package init(name: String, faults: [YAMLFault], unlisted: Int = 0) {
    self.name = name
    self.faults = faults
    self.unlisted = unlisted
  }

  /// What is wrong: a sentence for each fault, with the file, the line and the keys that lead to it.
  package var sentences: [Sentence] {
    let file = Sentence.Fact.text(YAMLValue.shown(name))
    return faults.map { Sentence(.badgeDesignFault, ["file": file, "fault": .sentence($0.sentence)]) }
      + (unlisted > 0 ? [Sentence(.yamlUnlisted, ["count": .count(unlisted)])] : [])
  }
}
