// `ordo remind`, seen by the programs that offices use: python3-icalendar reads every file, khal lists the events, todoman the to-dos.
// A program that is missing fails the test and names its package.
#include "compiler/driver/session.h"
#include "runtime/report/calendar_file.h"
#include "support/run_ordo.h"

namespace ordo::testing {
namespace {

using nlohmann::json;

constexpr const char* kPlan = R"(ordo 1 vi
kế hoạch kh "Kế hoạch, thử; một" {
  số: "1/KH"; cơ quan ban hành: u; ngày ban hành: 28/01/2026; giai đoạn: năm 2026; báo lên: u.đứng đầu
}
đơn vị u "UBND phường" { đứng đầu: "Chủ tịch" }
đơn vị a "Phòng A, phố" { trực thuộc: u; đứng đầu: "Trưởng phòng A" }
đơn vị b "Phòng B" { trực thuộc: u; đứng đầu: "Trưởng phòng B" }
nhóm g "Các phòng" { thành viên: a, b; đứng đầu: "Trưởng các phòng" }
văn bản hd "Hướng dẫn" { cơ quan ban hành: u; ngày ban hành: dự kiến tháng 6/2026 }
nhiệm vụ t1 "Lập, duyệt; in" { người đứng đầu: a.đứng đầu; chủ trì: a; phối hợp: b; kết quả: kế hoạch; thời hạn: tháng 01/2026 }
nhiệm vụ t2 "Rà soát" { người đứng đầu: g.đứng đầu; chủ trì: từng g; kết quả: báo cáo; thời hạn: 31/03/2026 }
nhiệm vụ t3 "Tuyên truyền" { người đứng đầu: g.đứng đầu; chủ trì: g; kết quả: báo cáo; thời hạn: thường xuyên, minh chứng hằng quý }
nhiệm vụ t4 "Theo hướng dẫn" { người đứng đầu: b.đứng đầu; chủ trì: a; kết quả: báo cáo; thời hạn: theo hướng dẫn của u, đến hết 10/04/2026 }
nhiệm vụ t5 "Không có ngày" { người đứng đầu: b.đứng đầu; chủ trì: b; kết quả: báo cáo; thời hạn: thường xuyên }
nhiệm vụ t6 """KIÊM
BEGIN:VEVENT
SUMMARY:lọt""" { người đứng đầu: b.đứng đầu; chủ trì: b; kết quả: báo cáo; thời hạn: 20/03/2026; báo lên: a }
chế độ báo cáo bc "Báo cáo quý" { bên báo cáo: a; bên nhận: u; định kỳ: hằng quý }
)";

struct Output {
  int status = -1;
  std::string text;
};

class Remind : public ::testing::Test {
 protected:
  Remind() { folder_.Write("plan.ordo", kPlan); }

  // A shell command in the folder, with a home and an address book of its own.
  Output Shell(const std::string& command) const {
    const std::string whole = "cd '" + folder_.path().string() + "' && HOME=\"$PWD\" XDG_CONFIG_HOME=\"$PWD\" XDG_CACHE_HOME=\"$PWD\" " +
                              "XDG_DATA_HOME=\"$PWD\" LC_ALL=C.UTF-8 TZ=UTC timeout 60 " + command + " 2>&1";
    Output out;
    std::FILE* pipe = popen(whole.c_str(), "r");
    if (pipe == nullptr) return out;
    char buffer[4096];
    for (size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.text.append(buffer, n);
    const int status = pclose(pipe);
    out.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return out;
  }
  bool Has(const std::string& command, const std::string& package) const {
    if (Shell(command + " >/dev/null").status == 0) return true;
    ADD_FAILURE() << "the package " << package << " is missing: apt-get install " << package;
    return false;
  }

  Ran Run(std::vector<std::string> more, const std::string& as_of = "2026-03-16", const std::string& plan = "plan.ordo") const {
    std::vector<std::string> arguments = {"remind", plan, "--as-of", as_of};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return folder_.Run(arguments);
  }
  json Json(std::vector<std::string> more, const std::string& as_of = "2026-03-16", const std::string& plan = "plan.ordo") const {
    more.insert(more.end(), {"--format", "json"});
    const Ran ran = Run(more, as_of, plan);
    EXPECT_EQ(ran.status, 0) << ran.err;
    return json::parse(ran.out, nullptr, false);
  }
  static json Find(const json& list, const std::string& uid) {
    for (const json& one : list) {
      if (one["uid"] == uid) return one;
    }
    ADD_FAILURE() << uid << " is not there";
    return json();
  }

  // What python3-icalendar reads in a file: {"components": [{"name", "uid", "due", "start", "summary", "alarms", ...}], "errors": n}
  json Read(const std::string& file) const {
    folder_.Write("read.py", R"(import sys, json, icalendar
def day(c, key):
    return c.decoded(key).isoformat() if key in c else None
calendar = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())
out = {'errors': len(calendar.errors), 'name': str(calendar.get('X-WR-CALNAME')), 'policy': str(calendar.get('X-WR-CALDESC')), 'components': []}
for c in calendar.subcomponents:
    out['errors'] += len(c.errors)
    categories = c.get('CATEGORIES')
    out['components'].append({'name': c.name, 'uid': str(c.get('UID')), 'due': day(c, 'DUE'), 'start': day(c, 'DTSTART'),
        'stamp': day(c, 'DTSTAMP'), 'changed': day(c, 'LAST-MODIFIED'), 'completed': day(c, 'COMPLETED'),
        'summary': str(c.get('SUMMARY')), 'description': str(c.get('DESCRIPTION')), 'status': str(c.get('STATUS')),
        'sequence': int(c.get('SEQUENCE')), 'priority': int(c.get('PRIORITY')), 'keys': sorted(c.keys()),
        'categories': categories.to_ical().decode('utf-8'),
        'alarms': [a.decoded('TRIGGER').isoformat() for a in c.subcomponents]})
print(json.dumps(out))
)");
    const Output out = Shell("/usr/bin/python3 read.py '" + file + "'");
    EXPECT_EQ(out.status, 0) << out.text;
    return json::parse(out.text, nullptr, false);
  }

  Folder folder_;
};

TEST_F(Remind, SaysWhoIsWarnedWhenAndToWhomItGoesUp) {
  const json out = Json({"--within", "30d"});
  EXPECT_EQ(out["schema"], "ordo/reminders/1");
  EXPECT_EQ(out["as_of"], "2026-03-16");
  EXPECT_EQ(out["until"], "2026-04-15");
  EXPECT_EQ(out["policy"]["declared"], false);

  // 31/01/2026 is a Saturday: it aims at the Friday. Five working days before are the 23rd, before the issue: gone.
  const json t1 = Find(out["items"], "kh.t1@ordo");
  EXPECT_EQ(t1["state"], "late");
  EXPECT_EQ(t1["due"]["day"], "2026-01-31");
  EXPECT_EQ(t1["due"]["last_working_day"], "2026-01-30");
  EXPECT_EQ(t1["due"]["wording"], "Tháng 01/2026");
  EXPECT_EQ(t1["days_late"], 44);
  ASSERT_EQ(t1["alarms"].size(), 3u) << t1["alarms"];
  EXPECT_EQ(t1["alarms"][0]["kind"], "before");
  EXPECT_EQ(t1["alarms"][0]["at"], "2026-01-29T01:00:00Z");   // 08:00 of +07:00
  EXPECT_EQ(t1["alarms"][1]["kind"], "overdue");
  EXPECT_EQ(t1["alarms"][1]["day"], "2026-02-02");
  EXPECT_EQ(t1["alarms"][1]["to"], json::parse(R"([{"party": "a", "role": "lead"}, {"party": "a.head", "role": "accountable"}])"));
  EXPECT_EQ(t1["alarms"][2]["kind"], "escalation");
  EXPECT_EQ(t1["escalation"], json::parse(R"({"to": ["u.head"], "from": "2026-02-04", "reached": true})"));

  // Each member by itself, with its own head; a group without `từng` stays a group.
  const json t2 = Find(out["items"], "kh.t2.b@ordo");
  EXPECT_EQ(t2["warned"], json::parse(R"([{"party": "b", "role": "lead"}, {"party": "b.head", "role": "accountable"}])"));
  EXPECT_EQ(t2["alarms"][0]["day"], "2026-03-24");
  EXPECT_EQ(t2["alarms"][1]["day"], "2026-03-30");
  EXPECT_EQ(t2["escalation"]["reached"], false);
  Find(out["items"], "kh.t2.a@ordo");
  const json t3 = Find(out["items"], "kh.t3.2026-01-01.2026-03-31@ordo");   // ongoing: by its evidence
  EXPECT_EQ(t3["warned"][0]["party"], "g");
  EXPECT_EQ(t3["due"]["day"], "2026-03-31");
  EXPECT_EQ(Find(out["items"], "kh.t4@ordo")["due"]["day"], "2026-04-10");   // waits, with a day to fall back on
  EXPECT_EQ(Find(out["items"], "kh.t6@ordo")["escalation"]["to"], json::parse(R"(["a"])"));
  EXPECT_EQ(Find(out["items"], "kh.bc.2026-01-01.2026-03-31@ordo")["lead"], json::parse(R"(["a"])"));
  ASSERT_EQ(out["undated"].size(), 1u);
  EXPECT_EQ(out["undated"][0]["name"], "t5");

  // The window bounds what is shown; a unit sees what it is warned of.
  for (const json& item : Json({"--within", "5d"})["items"]) EXPECT_LE(item["due"]["day"], "2026-03-21");
  for (const json& item : Json({"--within", "30d", "--unit", "b"})["items"]) EXPECT_NE(item["name"], "t1");
  EXPECT_EQ(Json({"--within", "0d", "--unit", "u"})["items"].size(), 1u) << "only what has gone up";
}

TEST_F(Remind, AlarmsFallOnWorkingDays) {
  const json out = Json({"--within", "3660d"}, "2026-01-28");
  size_t alarms = 0;
  for (const json& item : out["items"]) {
    for (const json& alarm : item["alarms"]) {
      const Date day = *ParseIsoDate(alarm["day"].get<std::string>());
      EXPECT_LT(day.weekday(), 5) << item["uid"] << alarm;
      EXPECT_GE(alarm["day"], "2026-01-28");
      ++alarms;
    }
  }
  EXPECT_GT(alarms, 30u);
  EXPECT_EQ(Json({"--within", "20d"}, "2026-01-28")["items"].size(), 1u) << "what is due later is not shown";
}

TEST_F(Remind, DeclaredRemindersHoldInsteadOfTheStandardOnes) {
  folder_.Write("own.ordo", std::string(kPlan) +
                                "nhắc việc nv \"Nhắc việc\" {\n  áp dụng cho: nhiệm vụ\n  bên nhận: phối hợp, b\n  trước hạn: 15 ngày, 3 ngày làm việc\n"
                                "  quá hạn: 1 ngày làm việc, 5 ngày\n  báo lên: phối hợp\n}\n");
  const json out = Json({"--within", "30d"}, "2026-03-16", "own.ordo");
  EXPECT_EQ(out["policy"]["declared"], true);
  EXPECT_NE(out["policy"]["sentences"][0].get<std::string>().find("trước hạn: 15 ngày, 3 ngày làm việc"), std::string::npos) << out["policy"];
  const json t1 = Find(out["items"], "kh.t1@ordo");
  EXPECT_EQ(t1["warned"], json::parse(R"([{"party": "b", "role": "support"}, {"party": "b", "role": null}])"));
  EXPECT_EQ(t1["escalation"]["to"], json::parse(R"(["b"])"));
  EXPECT_EQ(t1["escalation"]["from"], "2026-02-05");
  const json t4 = Find(out["items"], "kh.t4@ordo");
  EXPECT_EQ(t4["alarms"][0]["counted"], "2026-03-26");
  EXPECT_EQ(t4["alarms"][0]["to"], json::parse(R"([{"party": "b", "role": null}])"));
  EXPECT_EQ(t4["escalation"]["to"], json::parse(R"(["u.head"])")) << "nobody supports: the plan's own";
  for (const json& alarm : Find(out["items"], "kh.bc.2026-01-01.2026-03-31@ordo")["alarms"]) ADD_FAILURE() << "not for reports: " << alarm;

  // Wrong ones are told, each by one finding.
  for (const auto& [line, code] : {std::pair<const char*, const char*>{"áp dụng cho: chỉ tiêu", "TYP06"}, {"áp dụng cho: t1", "TYP06"},
                                   {"bên nhận: hd", "TYP02"}, {"bên nhận: lạ", "NAM03"}, {"trước hạn: 31/03/2026", "TIM15"},
                                   {"trước hạn: hằng quý", "TIM15"}, {"quá hạn: 3 ngày rưỡi", "TYP12"}}) {
    const std::string plan = folder_.Write("wrong.ordo", std::string(kPlan) + "nhắc việc nv \"Nhắc việc\" { " + line + " }\n");
    EXPECT_EQ(Codes(folder_.Check(plan, 2)), code) << line;
  }
  // A role is one word in either skin.
  const Ran english = folder_.Run({"fmt", "own.ordo", "--skin", "en"});
  EXPECT_NE(english.out.find("to: support, b"), std::string::npos) << english.out;
}

// A task that points to its steps is reminded by them; the policy for rest days is said and never makes a reminder later; a post counts
// for its unit; what is critical or has little slack is reminded earlier and comes first.
TEST_F(Remind, StepsPoliciesPostsAndSlack) {
  for (const auto& [policy, effective] : {std::pair<const char*, const char*>{"keep", "2026-04-05"}, {"before", "2026-04-03"}, {"after", "2026-04-06"}}) {
    folder_.Write("steps.ordo", std::string("ordo 1 en\nplan p \"Plan\" { issue date: 2026-01-05; period: 2026; rest days: ") + policy + R"( }
unit a "Unit A" { head: "Head A" }
unit b "Unit B" { head: "Head B" }
post dep "Deputy" { of: a }
task t "New demands" { accountable: a.head; lead: a; due: as below
  milestone m1 "letter" { lead: b; due: by 2026-03-20 }
  milestone m2 "decision" { accountable: b.head; due: by 2026-04-05 }
}
task s "Survey" { lead: b; accountable: dep; duration: 10 working days; due: 2026-03-20; escalate to: none }
task r "Report" { lead: b; accountable: b.head; after: s; duration: 3 working days; due: 2026-03-26 }
)");
    const json out = Json({"--within", "30d"}, "2026-03-01", "steps.ordo");
    EXPECT_EQ(out["items"].size(), 4u) << out["items"];
    const json m2 = Find(out["items"], "p.t.m2@ordo");
    EXPECT_EQ(m2["due"]["day"], "2026-04-05");
    EXPECT_EQ(m2["due"]["effective"], effective);
    EXPECT_EQ(m2["due"]["last_working_day"], "2026-04-03") << policy;
    EXPECT_EQ(m2["alarms"][0]["day"], "2026-03-27") << policy;
    EXPECT_EQ(m2["lead"], json::parse(R"(["a"])")) << "of its task";
    const json s = Find(out["items"], "p.s@ordo"), r = Find(out["items"], "p.r@ordo");
    EXPECT_EQ(s["slack_working_days"], 41);              // 10 January is worked: done on the 15th at the earliest
    EXPECT_EQ(s["critical"], false);                     // it has slack: five working days before
    EXPECT_EQ(s["alarms"][0]["day"], "2026-03-13");
    EXPECT_EQ(s["escalation"]["from"], nullptr);
    EXPECT_GT(r["slack_working_days"], 5);
    const json mine = Json({"--within", "30d", "--unit", "a"}, "2026-03-01", "steps.ordo");
    EXPECT_EQ(Find(mine["items"], "p.s@ordo")["warned"], json::parse(R"([{"party": "b", "role": "lead"}, {"party": "dep", "role": "accountable"}])"));
  }
  folder_.Write("tight.ordo", R"(ordo 1 en
plan p "Plan" { issue date: 2026-03-02; period: 2026 }
unit a "Unit A" { head: "Head A" }
task s "Survey" { lead: a; duration: 10 working days; due: 2026-03-17 }
task r "Report" { lead: a; after: s; duration: 5 working days; due: 2026-03-24 }
)");
  const json tight = Json({"--within", "30d"}, "2026-03-02", "tight.ordo");
  const json s = Find(tight["items"], "p.s@ordo");
  EXPECT_EQ(s["slack_working_days"], 2);
  EXPECT_EQ(s["alarms"][0]["day"], "2026-03-03");   // ten working days before, not five
  EXPECT_EQ(s["alarms"][1]["day"], "2026-03-16");
}

TEST_F(Remind, CalendarsAreReadByIcalendar) {
  if (!Has("/usr/bin/python3 -c 'import icalendar'", "python3-icalendar")) return;
  const Ran ran = Run({"--format", "ics", "-o", "lich"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out, "lich/a.ics\nlich/u.ics\nlich/b.ics\nlich/g.ics\n");
  size_t read = 0;
  for (const char* unit : {"a", "b", "g", "u"}) {
    const json calendar = Read(std::string("lich/") + unit + ".ics");
    EXPECT_EQ(calendar["errors"], 0) << unit;
    EXPECT_NE(calendar["policy"].get<std::string>().find("trước hạn: 5 ngày làm việc, 1 ngày làm việc"), std::string::npos) << calendar["policy"];
    for (const json& todo : calendar["components"]) {
      EXPECT_EQ(todo["name"], "VTODO") << todo;
      EXPECT_EQ(todo["stamp"], "2026-03-16T00:00:00+00:00");
      EXPECT_EQ(todo["changed"], "2026-03-16T00:00:00+00:00");
      EXPECT_EQ(todo["due"].get<std::string>().size(), 10u) << "a day, no hour";
      for (const json& alarm : todo["alarms"]) EXPECT_NE(alarm.get<std::string>().find("T01:00:00+00:00"), std::string::npos) << alarm;
      ++read;
    }
  }
  EXPECT_EQ(read, 4u + 4 + 3 + 3 + 1);   // quarters of t3 (g) and of bc (a), t1 t2 t4 of a, t2 t4 t6 of b, t1 of u

  const json a = Read("lich/a.ics"), b = Read("lich/b.ics");
  EXPECT_EQ(a["name"], "Nhắc việc: Phòng A, phố");
  const json t1 = Find(a["components"], "kh.t1@ordo"), t2 = Find(a["components"], "kh.t2.a@ordo");
  EXPECT_EQ(t1["due"], "2026-01-31");
  EXPECT_EQ(t1["summary"], "1. Lập, duyệt; in");
  EXPECT_EQ(t1["priority"], 1);
  EXPECT_EQ(t1["status"], "NEEDS-ACTION");
  EXPECT_EQ(t1["categories"], "1/KH,nhiệm vụ,chủ trì,người đứng đầu");
  EXPECT_NE(t1["description"].get<std::string>().find("Phối hợp: Phòng B\n"), std::string::npos) << t1["description"];
  EXPECT_NE(t1["description"].get<std::string>().find("Nguồn: plan.ordo:10"), std::string::npos) << t1["description"];
  EXPECT_EQ(t2["alarms"], json::parse(R"(["2026-03-24T01:00:00+00:00", "2026-03-30T01:00:00+00:00", "2026-04-01T01:00:00+00:00"])"));
  EXPECT_EQ(t2["priority"], 5);
  // No text becomes a property or a component.
  const json t6 = Find(b["components"], "kh.t6@ordo");
  EXPECT_EQ(t6["summary"], "6. KIÊM BEGIN:VEVENT SUMMARY:lọt");   // lines of a long text are one
  EXPECT_EQ(ReadBytes(folder_.path() / "lich/b.ics").find("\nBEGIN:VEVENT"), std::string::npos);

  // Without a folder one unit is printed; the bytes are those of the file and the same every time.
  EXPECT_EQ(Run({"--format", "ics", "--unit", "a"}).out, ReadBytes(folder_.path() / "lich/a.ics"));
  EXPECT_EQ(Run({"--format", "ics"}).status, 3);
}

// Carriage returns and control characters of a title, and everything else that a calendar file gives a meaning to.
TEST_F(Remind, TextsStayTexts) {
  if (!Has("/usr/bin/python3 -c 'import icalendar'", "python3-icalendar")) return;
  const std::string title = "A\r\nBEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\nb\rc, d; e\\n \\, \"f\" :g\x07\xF0\x9F\x93\x85 " + std::string(200, 'h');
  std::string quoted = title;
  for (size_t at = 0; (at = quoted.find("\"f\"", at)) != std::string::npos; at += 3) quoted.replace(at, 3, "'f'");
  folder_.Write("odd.ordo", "ordo 1 vi\nkế hoạch kh \"\"\"" + quoted + "\"\"\" { số: \"1;2,3\"; giai đoạn: năm 2026; ngày ban hành: 05/01/2026 }\n"
                                "đơn vị a \"\"\"" + quoted + "\"\"\" { đứng đầu: \"X\" }\n"
                                "nhiệm vụ t \"\"\"" + quoted + "\"\"\" { chủ trì: a; thời hạn: 31/03/2026 }\n");
  const Ran ran = Run({"--format", "ics", "-o", "lich"}, "2026-03-16", "odd.ordo");
  ASSERT_EQ(ran.status, 0) << ran.err;
  const json calendar = Read("lich/a.ics");
  EXPECT_EQ(calendar["errors"], 0);
  ASSERT_EQ(calendar["components"].size(), 1u);
  const json& todo = calendar["components"][0];
  EXPECT_EQ(todo["name"], "VTODO");
  EXPECT_EQ(todo["uid"], "kh.t@ordo");
  EXPECT_EQ(todo["keys"], json::parse(R"(["CATEGORIES", "DESCRIPTION", "DTSTAMP", "DUE", "LAST-MODIFIED", "PRIORITY", "SEQUENCE", "STATUS", "SUMMARY", "UID"])"));
  EXPECT_NE(todo["summary"].get<std::string>().find("A BEGIN:VEVENT UID:x END:VEVENT b c, d; e"), std::string::npos) << todo["summary"];
  const std::string bytes = ReadBytes(folder_.path() / "lich/a.ics");
  for (size_t at = 0; (at = bytes.find('\n', at)) != std::string::npos; ++at) ASSERT_EQ(bytes[at - 1], '\r');
  for (const char* line : {"\nBEGIN:VEVENT", "\nUID:x", "\nEND:VEVENT"}) EXPECT_EQ(bytes.find(line), std::string::npos) << line;
}

// What the writer is given, whatever the language lets through.
TEST_F(Remind, TheWriterKeepsLineEndsInsideTexts) {
  if (!Has("/usr/bin/python3 -c 'import icalendar'", "python3-icalendar")) return;
  const std::string odd = "a, b; c\\q\r\nBEGIN:VEVENT\r\nUID:x\rEND:VEVENT\nf\x01\x7f";
  report::CalendarTodo todo;
  todo.uid = "u" + odd;
  todo.summary = todo.description = odd;
  todo.categories = {odd, "", "chủ trì"};
  todo.due = *ParseIsoDate("2026-03-31");
  todo.alarms = {{*ParseIsoDate("2026-03-30"), 1, odd}};
  todo.sequence = 3;
  folder_.Write("odd.ics", report::TodoFile("N" + odd, "D" + odd, *ParseIsoDate("2026-03-16"), {todo}));
  const json calendar = Read("odd.ics");
  EXPECT_EQ(calendar["errors"], 0);
  ASSERT_EQ(calendar["components"].size(), 1u) << calendar;
  const json& one = calendar["components"][0];
  const std::string kept = "a, b; c\\q\nBEGIN:VEVENT\nUID:x\nEND:VEVENT\nf  ";
  EXPECT_EQ(one["summary"], kept);
  EXPECT_EQ(one["description"], kept);
  EXPECT_EQ(one["uid"], "u" + kept);
  EXPECT_EQ(one["sequence"], 3);
  EXPECT_EQ(one["alarms"], json::parse(R"(["2026-03-30T01:00:00+00:00"])"));
  EXPECT_EQ(one["keys"].size(), 10u) << one["keys"];
}

TEST_F(Remind, TheJournalMovesStartsAndCompletes) {
  if (!Has("/usr/bin/python3 -c 'import icalendar'", "python3-icalendar")) return;
  folder_.Write("journal.ordo",
                "ordo 1 vi\nđã bắt đầu t1 { ngày: 02/02/2026 }\nđã hoàn thành t2 { ngày: 10/03/2026; bên: a; minh chứng: \"BC\" }\n"
                "đã dời hạn t4 { ngày: 12/03/2026; thời hạn: 30/04/2026; lý do: \"Chờ\"; người quyết định: u.đứng đầu }\n"
                "đã dời hạn bc { ngày: 12/03/2026; giai đoạn: quý I/2026; thời hạn: 05/04/2026; lý do: \"Chờ\"; người quyết định: u.đứng đầu }\n");
  Run({"--format", "ics", "-o", "before"});
  ASSERT_EQ(Run({"--format", "ics", "-o", "after", "--journal", "journal.ordo"}).status, 0);
  const json before = Read("before/a.ics"), after = Read("after/a.ics");
  EXPECT_EQ(before["components"].size(), after["components"].size());
  for (const json& one : before["components"]) Find(after["components"], one["uid"]);   // no UID has changed
  const json t4 = Find(after["components"], "kh.t4@ordo");
  EXPECT_EQ(Find(before["components"], "kh.t4@ordo")["sequence"], 0);
  EXPECT_EQ(t4["sequence"], 1);
  EXPECT_EQ(t4["due"], "2026-04-30");
  EXPECT_EQ(t4["alarms"][0], "2026-04-21T01:00:00+00:00");   // 30 April rests: five before the 29th, past the 27th, which rests too
  const json report = Find(after["components"], "kh.bc.2026-01-01.2026-03-31@ordo");
  EXPECT_EQ(report["due"], "2026-04-05");
  EXPECT_EQ(report["sequence"], 1);
  EXPECT_EQ(Find(after["components"], "kh.t1@ordo")["status"], "IN-PROCESS");
  const json t2 = Find(after["components"], "kh.t2.a@ordo");
  EXPECT_EQ(t2["status"], "COMPLETED");
  EXPECT_EQ(t2["completed"], "2026-03-10T00:00:00+00:00");
  EXPECT_TRUE(t2["alarms"].empty());
  EXPECT_EQ(Find(Read("after/b.ics")["components"], "kh.t2.b@ordo")["status"], "NEEDS-ACTION");
  // Time alone completes nothing.
  Run({"--format", "ics", "-o", "later"}, "2027-03-16");
  for (const json& one : Read("later/a.ics")["components"]) EXPECT_EQ(one["status"], "NEEDS-ACTION") << one["uid"];
  for (const json& one : Json({"--journal", "journal.ordo"})["items"]) EXPECT_NE(one["uid"], "kh.t2.a@ordo") << "done is not reminded";
}

TEST_F(Remind, KhalListsTheEvents) {
  if (!Has("khal --version", "khal")) return;
  folder_.Write("khal.conf", std::string() +
                "[calendars]\n[[a]]\npath = " + folder_.path().string() + "/vdir\n[locale]\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\n"
                "longdatetimeformat = %Y-%m-%d %H:%M\ntimeformat = %H:%M\nlocal_timezone = Asia/Ho_Chi_Minh\n"
                "default_timezone = Asia/Ho_Chi_Minh\n[sqlite]\npath = " + folder_.path().string() + "/khal.db\n[default]\ndefault_calendar = a\n");
  for (const char* form : {"event", "both"}) {   // khal reads past to-dos in the same file
    ASSERT_EQ(Run({"--format", "ics", "--as", form, "-o", form}).status, 0);
    Shell("rm -rf vdir khal.db");
    fs::create_directories(folder_.path() / "vdir");
    const Output in = Shell("khal -c khal.conf import --batch -a a " + std::string(form) + "/a.ics");
    EXPECT_EQ(in.status, 0) << in.text;
    const Output list = Shell("khal -c khal.conf list --format '{start-date} {title}' --day-format '' 2026-01-01 2027-01-01");
    EXPECT_EQ(list.status, 0) << list.text;
    for (const char* line : {"2026-01-31 1. Lập, duyệt; in\n", "2026-03-31 2. Rà soát\n", "2026-04-10 4. Theo hướng dẫn\n",
                             "2026-03-31 Báo cáo quý: Quý I/2026\n", "2026-12-31 Báo cáo quý: Quý IV/2026\n"}) {
      EXPECT_NE(list.text.find(line), std::string::npos) << line << list.text;
    }
    EXPECT_EQ(std::count(list.text.begin(), list.text.end(), '\n'), 7) << list.text;
  }
}

TEST_F(Remind, TodomanListsTheTodos) {
  if (!Has("todoman --version", "todoman")) return;
  const std::string here = folder_.path().string();
  folder_.Write("todo.py", "path = \"" + here + "/lists/*\"\ndate_format = \"%Y-%m-%d\"\ncache_path = \"" + here + "/todo.sqlite\"\ndefault_list = \"a\"\nhumanize = False\n");
  folder_.Write("journal.ordo", "ordo 1 vi\nđã hoàn thành t2 { ngày: 10/03/2026; bên: a; minh chứng: \"BC\" }\n");
  for (const char* form : {"todo", "both"}) {
    Shell("rm -rf lists todo.sqlite");
    ASSERT_EQ(Run({"--format", "ics", "--as", form, "--journal", "journal.ordo", "-o", "lists/a"}).status, 0);
    Shell("rm lists/a/b.ics lists/a/g.ics lists/a/u.ics");
    const Output list = Shell("todoman --config todo.py list");
    EXPECT_EQ(list.status, 0) << list.text;
    EXPECT_EQ(list.text.find("Failed"), std::string::npos) << list.text;
    for (const char* line : {"!!! 2026-01-31 1. Lập, duyệt; in", "!! 2026-04-10 4. Theo hướng dẫn", "2026-03-31 Báo cáo quý: Quý I/2026"}) {
      EXPECT_NE(list.text.find(line), std::string::npos) << line << "\n" << list.text;
    }
    EXPECT_EQ(list.text.find("2. Rà soát"), std::string::npos) << "done is not listed\n" << list.text;
    const Output done = Shell("todoman --config todo.py list --status COMPLETED");
    EXPECT_NE(done.text.find("2. Rà soát"), std::string::npos) << done.text;
  }
}

TEST_F(Remind, ReadsItsArguments) {
  EXPECT_EQ(folder_.Run({"remind", "plan.ordo"}).status, 3) << "no clock is read";
  EXPECT_EQ(Run({"--unit", "lạ"}).status, 2);
  for (const char* within : {"", "d", "30x", "-1d", "99999d"}) {
    if (*within) EXPECT_EQ(Run({"--within", within}).status, 3) << within;
  }
  EXPECT_EQ(Run({"--within", "2w"}).out, Run({}).out);
  EXPECT_EQ(Run({"--lang", "en"}).status, 0);
  EXPECT_NE(Run({"--lang", "en"}).out.find("The plan declares no reminders"), std::string::npos);
  EXPECT_EQ(Run({"-o", "text"}).out, "text/reminders.txt\n");
}

// Seven days before the end of «Tháng 01/2026» precede 28/01, the day on which the real plan was issued.
TEST_F(Remind, TheRealPlanWithReminders) {
  folder_.Copy("examples");
  const std::string plan = ReadBytes(folder_.path() / "examples/hai_duong_2026/plan.ordo");
  const std::string with = folder_.Write("examples/hai_duong_2026/with.ordo", plan + "\nnhắc việc nv \"Nhắc việc\" { trước hạn: 7 ngày }\n");
  const std::vector<Told> told = Only(folder_.Check(with, 1), "SCH32");
  ASSERT_EQ(told.size(), 2u);
  EXPECT_EQ(told[0].subject, "kế_hoạch_2026");
  EXPECT_NE(told[0].message.find("23/01/2026"), std::string::npos) << told[0].message;
  EXPECT_EQ(told[1].subject, "cải_cách_hành_chính");
  // What the example's README shows.
  const std::string name = "examples/hai_duong_2026/expected_remind/remind_2026-03-16.txt";
  const std::string out = Run({"--within", "30d"}, "2026-03-16", "examples/hai_duong_2026/plan.ordo").out;
  const fs::path expected = fs::path(ORDO_SOURCE_DIR) / name;
  if (std::getenv("ORDO_UPDATE")) {
    fs::create_directories(expected.parent_path());
    std::ofstream(expected, std::ios::binary) << out;
  }
  EXPECT_EQ(ReadBytes(expected), out) << FirstDifference(ReadBytes(expected), out);
}

}  // namespace
}  // namespace ordo::testing
