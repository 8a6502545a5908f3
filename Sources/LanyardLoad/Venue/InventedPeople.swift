package import LanyardAPI
import LanyardDomain
import SwiftProtobuf

/// People who are not there, in many scripts, with groups and participation as a forum has them. The same seed brings the
/// same people.
package struct InventedPeople: Sendable {
  /// Stakeholder groups with how many of 3,033 registrations of the sample forum were of them, on site and remote.
  private static let groups: [(name: String, onsite: Int, remote: Int)] = [
    ("Government", 612, 295), ("Private Sector", 385, 196), ("Civil Society", 295, 161), ("Academia", 297, 146),
    ("UN Agency", 242, 122), ("Technical Community", 197, 85),
  ]

  package static var groupNames: [String] { groups.map(\.name) }

  /// Given and family names that belong together.
  private static let names: [(given: [String], family: [String])] = [
    (["Amélie", "Camille", "Étienne", "Zoé", "Benoît"], ["Lefèvre", "Dubois", "Garçon", "Noël", "Müller"]),
    (["John", "Grace", "Oluwaseun", "Chidinma", "Thandiwe"], ["Smith", "Okafor", "Adeyemi", "Nkosi", "O’Brien"]),
    (["محمد", "فاطمة", "ليلى", "يوسف", "زينب"], ["الحسن", "العلي", "منصور", "حداد", "الزهراء"]),
    (["伟", "娜", "志强", "静怡", "建国"], ["王", "李", "张", "欧阳", "陈"]),
    (["Анна", "Дмитрий", "Ольга", "Сергій", "Олена"], ["Иванова", "Петров", "Шевченко", "Кузнецова", "Мельник"]),
    (["प्रिया", "राहुल", "अनन्या", "विक्रम", "सुनीता"], ["शर्मा", "जोशी", "वर्मा", "गुप्ता", "नायर"]),
    (["さくら", "翔太", "陽子", "健", "美咲"], ["佐藤", "鈴木", "高橋", "田中", "渡辺"]),
    (["민준", "서연", "지우", "현우", "수빈"], ["김", "이", "박", "최", "정"]),
    (["Ελένη", "Γιώργος", "Μαρία", "Νίκος", "Σοφία"], ["Παπαδόπουλος", "Νικολάου", "Γεωργίου", "Δήμου", "Ιωάννου"]),
    (["สมชาย", "มาลี", "อรุณ", "กัญญา", "วิชัย"], ["ใจดี", "ศรีสุข", "ทองคำ", "บุญมี", "แสงทอง"]),
    (["תמר", "יוסי", "נועה", "אבי", "רות"], ["כהן", "לוי", "מזרחי", "פרץ", "ביטון"]),
    (["Nguyễn", "Thị Mai", "Quốc", "Hồng", "Đức"], ["Trần", "Lê", "Phạm", "Võ", "Đặng"]),
    (["አበበ", "ሰላም", "ተስፋዬ", "ሀና", "ዳዊት"], ["ከበደ", "ተሰማ", "ገብሬ", "አለሙ", "ወልዴ"]),
    (["José", "María", "Íñigo", "Lucía", "Ñusta"], ["García", "Núñez", "Quispe", "Álvarez", "Peña"]),
  ]
  private static let countries = ["CH", "IN", "NG", "CN", "UA", "SA", "KE", "GB", "BR", "JP", "ZA", "FR", "VN", "ET"]

  private var generator: SeededGenerator
  private var count = 0
  private let label: String

  /// - Parameter label: What their addresses begin with, so that two runs on one event bring different people.
  package init(seed: UInt64, label: String = "person") {
    generator = SeededGenerator(seed: seed)
    self.label = label
  }

  /// The next person's registration.
  ///
  /// - Parameters:
  ///   - groups: The groups of the event; those of the forum where nothing is said.
  ///   - isOnsite: How they take part; as in the forum where nothing is said.
  package mutating func next(groups: [String]? = nil, isOnsite: Bool? = nil) -> Lanyard_V1_Registration {
    count += 1
    let names = Self.names[Int.random(in: Self.names.indices, using: &generator)]
    let given = names.given[Int.random(in: names.given.indices, using: &generator)]
    let family = names.family[Int.random(in: names.family.indices, using: &generator)]
    let country = Self.countries[Int.random(in: Self.countries.indices, using: &generator)]
    var draw = Int.random(in: 0..<Self.groups.reduce(0) { $0 + $1.onsite + $1.remote }, using: &generator)
    var (group, participation) = (Self.groups[0].name, Lanyard_V1_Participation.onsite)
    for (name, onsite, remote) in Self.groups {
      if draw < onsite + remote {
        (group, participation) = (name, draw < onsite ? .onsite : .remote)
        break
      }
      draw -= onsite + remote
    }
    if let groups, let drawn = groups.randomElement(using: &generator) { group = drawn }
    if let isOnsite { participation = isOnsite ? .onsite : .remote }
    return .with {
      $0.email = "\(label)\(count)@example.org"
      $0.givenName = given
      // A number keeps two people apart who bear one name, as a look-up by name needs.
      $0.familyName = "\(family) \(count)"
      $0.organisation = "Delegation of \(country)"
      $0.country = country
      $0.stakeholderGroup = group
      $0.participation = participation
    }
  }
}
