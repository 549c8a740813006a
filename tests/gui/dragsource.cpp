// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A window that can be dragged from: carries the files named on the command line, as a file manager does.

#include <QApplication>
#include <QDrag>
#include <QLabel>
#include <QMimeData>
#include <QUrl>

#include <cstdio>

namespace {

class DragSource final : public QLabel
{
public:
    explicit DragSource(const QStringList& paths) : QLabel(QStringLiteral("Drag from here"))
    {
        setWindowTitle(QStringLiteral("halfshake-dragsource"));
        setAlignment(Qt::AlignCenter);
        resize(180, 120);
        for (const QString& path : paths)
            m_urls << QUrl::fromLocalFile(path);
    }

protected:
    void mousePressEvent(QMouseEvent* /*event*/) override
    {
        auto* mimeData = new QMimeData;
        mimeData->setUrls(m_urls);
        auto* drag = new QDrag(this);
        drag->setMimeData(mimeData);
        const Qt::DropAction action = drag->exec(Qt::CopyAction | Qt::MoveAction, Qt::CopyAction);
        std::printf("%s\n", action == Qt::CopyAction ? "copied" : "not copied");
        std::fflush(stdout);
    }

private:
    QList<QUrl> m_urls;
};

} // namespace

int main(int argc, char* argv[])
{
    const QApplication application(argc, argv);
    DragSource source(QApplication::arguments().sliced(1));
    source.show();
    return QApplication::exec();
}
