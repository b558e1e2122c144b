from creasol.foundation.spreadsheets import csv_file, csv_text


def test_rows_become_lines():
    assert csv_text(["a", "b"], [[1, "x, y"], [None, 2.5]]) == 'a,b\r\n1,"x, y"\r\n,2.5\r\n'


def test_a_formula_is_made_plain():
    assert csv_text(["a"], [["=1+1"], ["-5"], [-5], ["@x"]]) == "a\r\n'=1+1\r\n'-5\r\n-5\r\n'@x\r\n"


def test_the_file_says_its_name_and_keeps_its_accents():
    answer = csv_file("communes.csv", ["nom"], [["Annœullin"]])
    assert answer.content.decode("utf-8") == "\ufeffnom\r\nAnnœullin\r\n"
    assert answer["Content-Disposition"] == 'attachment; filename="communes.csv"'
