# Reads the page of a plan in a real browser, from disk. In: the page, and what `ordo matrix --format json` says of the same plan.
# Prints each thing that is wrong; the exit status is 1 if there is any.
import base64, json, re, subprocess, sys, tempfile, unicodedata, urllib.parse

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

page, matrix_file = sys.argv[1:3]
url = 'file://' + urllib.parse.quote(page)
faults = []
profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)


def expect(holds, *words):
    if not holds:
        faults.append(' '.join(str(word) for word in words))


def start():
    options = Options()
    options.binary_location = '/usr/bin/chromium'
    for argument in ('--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
                     '--disable-component-update', '--disable-sync', '--user-data-dir=' + profile.name):
        options.add_argument(argument)
    options.set_capability('goog:loggingPrefs', {'browser': 'ALL', 'performance': 'ALL'})
    return webdriver.Chrome(service=Service('/usr/bin/chromedriver'), options=options)


driver = start()
js = driver.execute_script


def fold(text):
    text = unicodedata.normalize('NFD', text)
    text = ''.join(c for c in text if not unicodedata.combining(c)).lower().replace('đ', 'd')
    return re.sub(r'\s+', ' ', re.sub('[‐-―−]', '-', text))


def kept(part):
    return js('''return [...document.querySelectorAll(arguments[0] + " tbody tr[data-id]:not(.group):not(.context)")]
                 .filter((row) => row.checkVisibility()).map((row) => row.dataset.id)''', part)


def settle():
    js('return new Promise((done) => setTimeout(() => requestAnimationFrame(done), 30))')


def choose(name, value):
    js('''const select = document.getElementById(arguments[0]); select.value = arguments[1];
          select.dispatchEvent(new Event("change", {bubbles: true}))''', name, value)
    settle()


def type_in(text):
    box = driver.find_element('id', 'search')
    box.clear()
    box.send_keys(text)
    settle()


def clear():
    js('document.getElementById("clear").click()')
    settle()


def check_filters():
    with open(matrix_file, encoding='utf-8') as file:
        matrix = json.load(file)
    letters = dict(part.split(': ') for part in matrix['subtitle'].split(', '))
    units = [column['id'] for column in matrix['columns'] if column['id'] not in ('number', 'title')]
    lines = []

    def walk(rows):
        for row in rows:
            lines.append(row)
            walk(row['rows'])
    for group in matrix['groups']:
        walk(group['rows'])
    everything = [row['id'] for row in lines]
    if not lines:
        expect(not js('return document.getElementById("matrix")'), 'a matrix without rows')
        return
    expect(kept('#matrix') == everything, 'all rows of the matrix')
    roles = dict(js('return [...document.querySelectorAll("#role option")].slice(1).map((o) => [o.textContent, o.value])'))
    letter_of = {word: letter for letter, word in letters.items()}
    of_annex = set(kept('#tables'))
    seen = 0
    for unit in units:
        choose('unit', unit)
        for word, value in [('', '')] + list(roles.items()):
            choose('role', value)
            expected = [row['id'] for row in lines
                        if row['cells'][unit] and (not value or letter_of[word] in row['cells'][unit].split(', '))]
            expect(kept('#matrix') == expected, 'matrix', unit, word, kept('#matrix'), expected)
            expect(kept('#tables') == [row for row in expected if row in of_annex], 'annex', unit, word)
            count = int(js('return document.getElementById("shown").textContent').split()[0])
            expect(count == len(expected), 'count', unit, word, count, len(expected))
            headings = js('''return [...document.querySelectorAll("#matrix tbody")].every((body) => body.checkVisibility() ===
                             [...body.rows].some((row) => row.checkVisibility() && !row.classList.contains("group")))''')
            expect(headings, 'headings without rows', unit, word)
            seen += 0 < len(expected) < len(lines)
    expect(seen > 5, 'the filters hardly filter')
    # The view is a link.
    choose('role', roles['chủ trì'])
    for unit in units:   # one that leads something in a table, if there is any
        choose('unit', unit)
        if kept('#tables'):
            break
    view, rows = js('return location.href'), kept('#tables')
    expect('unit=' in view and 'role=' in view, 'address', view)
    driver.get('about:blank')
    driver.get(view)
    settle()
    expect(kept('#tables') == rows, 'a shared view', view)
    clear()
    expect(kept('#matrix') == everything and '#' not in js('return location.href'), 'clear')


def check_search():
    all_rows = kept('#tables')
    texts = js('''return [...document.querySelectorAll("#tables tbody tr[data-id]:not(.group)")].map((row) =>
                  [row.dataset.id, [...row.cells].filter((cell) => !cell.classList.contains("note")).map((cell) => cell.innerText).join(" ")])''')
    for typed in ('dich vu', 'dịch vụ', unicodedata.normalize('NFD', 'dịch vụ'), 'DỊCH  vụ', 'dich vụ'):
        type_in(typed)
        expected = [row for row, text in texts if 'dich vu' in fold(text)]
        expect(kept('#tables') == expected and 0 < len(expected) < len(all_rows), 'search', typed, len(kept('#tables')), len(expected))
        expect(js('return CSS.highlights.get("found").size') > 0, 'marks of', typed)
        expect(js('return [...CSS.highlights.get("found")].every((r) => "dịch vụ".startsWith(r.toString().normalize("NFC").toLowerCase()[0]))'),
               'a mark stands elsewhere')
    expect(js('return document.querySelectorAll("mark").length') == 0, 'texts are left whole')
    type_in('không có ở đâu cả zzz')
    expect(kept('#tables') == [] and js('return document.querySelector("#tables .nothing").checkVisibility()'), 'nothing found is said')
    driver.find_element('id', 'search').send_keys(Keys.ESCAPE)
    settle()
    expect(kept('#tables') == all_rows, 'Escape clears')


def check_links():
    badge = js('return document.querySelector("#tables a.badge")')
    expect(badge is not None, 'no row has a badge')
    if badge is None:
        return
    row = js('return arguments[0].closest("tr").dataset.id', badge)
    badge.click()
    settle()
    finding = js('return document.activeElement.id')
    expect('#' + finding == badge.get_dom_attribute('href') and js('return document.activeElement.classList.contains("here")'), 'badge', finding)
    js('document.activeElement.querySelector("a.row").click()')
    settle()
    expect(js('return document.activeElement.dataset.id') == row, 'finding to row', row)
    place = js('return document.activeElement.querySelector(".note a.place")')
    place.click()
    settle()
    line = js('return [document.activeElement.tagName, document.activeElement.id, document.activeElement.textContent]')
    expect(line[0] == 'LI' and '#' + line[1] == place.get_dom_attribute('href') and row in line[2], 'row to line', line, row)
    in_sight = js('const box = document.activeElement.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight')
    expect(in_sight, 'the line is out of sight')
    driver.back()
    settle()
    expect(js('return document.querySelector(".here").dataset.id') == row, 'Back')
    total = js('return document.querySelectorAll(".finding, .follower").length')
    choose('severity', 'error')
    left = js('''return [...document.querySelectorAll(".finding, .follower")].filter((one) => one.checkVisibility() &&
                 !one.classList.contains("context")).map((one) => one.dataset.severity)''')
    expect(0 < len(left) < total and set(left) == {'error'}, 'severity', len(left))
    clear()


# From the top with the keyboard alone: past the skip link into the bar, search, and out of every region again.
def check_keyboard():
    driver.get('about:blank')
    driver.get(url)
    keys = lambda *typed: ActionChains(driver).send_keys(*typed).perform()
    keys(Keys.TAB)
    expect(js('return document.activeElement.className') == 'skip', 'the first stop is the skip link')
    outline = js('return getComputedStyle(document.activeElement).outlineStyle')
    expect(outline != 'none', 'focus is not seen')
    keys(Keys.ENTER)
    settle()
    expect(js('return document.activeElement.tagName') == 'MAIN', 'skip')
    keys(Keys.TAB)
    expect(js('return document.activeElement.getAttribute("role")') == 'region', 'the table can be scrolled')
    keys('/')
    expect(js('return document.activeElement.id') == 'search', '/')
    keys('zzzz')
    settle()
    keys(Keys.ESCAPE)
    stops = []
    for _ in range(8):
        keys(Keys.TAB)
        stops.append(driver.switch_to.active_element)
    first = js('return document.querySelector("form select").id')
    expect(stops[0].get_attribute('id') == first, 'after the search', stops[0].get_attribute('outerHTML')[:80])
    expect(len(set(stops)) == len(stops), 'a trap')


def check_screens():
    for width in (390, 1280):
        driver.execute_cdp_cmd('Emulation.setDeviceMetricsOverride', {'width': width, 'height': 844, 'deviceScaleFactor': 1, 'mobile': width < 500})
        grounds = []
        for scheme in ('light', 'dark'):
            driver.execute_cdp_cmd('Emulation.setEmulatedMedia', {'features': [{'name': 'prefers-color-scheme', 'value': scheme}]})
            settle()
            grounds.append(js('return getComputedStyle(document.body).backgroundColor'))
            for part in ('', '#matrix', '#findings'):
                if part and js('return document.querySelector(arguments[0])', part):
                    js('document.querySelector(arguments[0]).scrollIntoView()', part)
                    settle()
                wide = js('return document.documentElement.scrollWidth')
                expect(wide <= width, 'wider than the screen', width, wide, part)
        expect(grounds[0] != grounds[1], 'dark', grounds)
    driver.execute_cdp_cmd('Emulation.clearDeviceMetricsOverride', {})
    driver.execute_cdp_cmd('Emulation.setEmulatedMedia', {'features': []})


def check_print():
    title = js('return document.querySelector("#tables tbody tr:not(.group) th").innerText')
    captions = js('return [...document.querySelectorAll("caption h3")].map((one) => one.textContent)')
    line = js('return document.querySelector(".lines li:nth-child(3)").textContent').strip()
    pdf = base64.b64decode(driver.execute_cdp_cmd('Page.printToPDF', {'preferCSSPageSize': True})['data'])
    with tempfile.NamedTemporaryFile(suffix='.pdf') as file:
        file.write(pdf)
        file.flush()
        text = subprocess.run(['pdftotext', '-raw', file.name, '-'], capture_output=True, text=True, check=True).stdout
    flat = fold(text)
    for caption in captions:
        expect(fold(caption).strip() in flat, 'not printed:', caption)
    words = fold(title).split()
    expect(' '.join(words[:3]) in flat, 'not printed:', title)
    for gone in ('văn bản nguồn', 'bỏ lọc', 'soát xét', line):
        expect(not gone or fold(gone) not in flat, 'printed:', gone)


try:
    driver.get('about:blank')
    driver.get_log('performance')   # of the browser's own first page
    driver.get(url)
    settle()
    expect(js('return document.documentElement.lang') == 'vi', 'language')
    check_filters()
    check_search()
    check_links()
    check_keyboard()
    check_screens()
    check_print()
    for entry in driver.get_log('browser'):
        expect(False, 'console:', entry['level'], entry['message'])
    for entry in driver.get_log('performance'):
        message = json.loads(entry['message'])['message']
        if message['method'] == 'Network.requestWillBeSent':
            asked = message['params']['request']['url']
            expect(asked.split('#')[0] == url or asked == 'about:blank', 'asked for', asked)
finally:
    driver.quit()
for fault in faults[:40]:
    print(fault[:600])
sys.exit(1 if faults else 0)
